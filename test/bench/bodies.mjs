const WORDS = [
  'connection',
  'timeout',
  'loaded',
  'rows',
  'page',
  'upstream',
  'fetch',
  'invoice',
  'order',
  'retry',
  'cache',
  'commit',
];
const START = Date.UTC(2026, 10, 1);
const BODY_BYTES = 512 * 1024;

/** NDJSON bodies of about half a megabyte with so many log lines; 500 lines a run, 40 jobs. */
export function lineBodies(count) {
  const bodies = [];
  let text = '';
  for (let i = 0; i < count; i++) {
    const run = Math.floor(i / 500);
    const word = (n) => WORDS[(i * n) % WORDS.length];
    text += `{"job":"bench/job-${run % 40}","run":"${run}","time":"${new Date(START + i * 7).toISOString()}","seq":${i % 500},"level":"${i % 50 ? 'info' : 'error'}","message":"${word(1)} ${word(7)} ${i} ${word(5)} took ${i % 997} ms"}\n`;
    if (text.length >= BODY_BYTES || i === count - 1) {
      bodies.push(Buffer.from(text));
      text = '';
    }
  }
  return bodies;
}

/** NDJSON bodies of a thousand run events each. */
export function eventBodies(count) {
  return Array.from({ length: Math.ceil(count / 1000) }, (_, body) =>
    Buffer.from(
      Array.from({ length: Math.min(1000, count - body * 1000) }, (_, i) => {
        const n = body * 1000 + i;
        const started = START + n * 100;
        return JSON.stringify({
          job: `bench-run-${n % 200}`,
          run: `r${n}`,
          status: n % 20 ? 'succeeded' : 'failed',
          started_at: started,
          finished_at: started + 1000 + (n % 977) * 10,
          type: 'etl',
          user: `user-${n % 15}`,
          tags: { env: 'prod', team: `team-${n % 7}` },
          message: `${n % 350} of 350 records`,
        });
      }).join('\n')
    )
  );
}
