import { lineBodies } from './bodies.mjs';
import { drained, ms, quantile, row, send, sleep, valueOf } from './support.mjs';

/** At a steady load: how long an acknowledgement takes, and how long until what was acknowledged can be read. */
export async function latency({ url, db }, { seconds, linesPerSecond, batch }) {
  console.log(
    `${Math.round(linesPerSecond)} lines a second for ${seconds} s, in bodies of ${batch}, each of a run of its own`
  );
  const [body] = lineBodies(batch);
  const every = (batch / linesPerSecond) * 1000;
  const [acknowledged, readable, waiting] = [[], [], []];
  const isMarked = (n) => n % Math.max(1, Math.round(500 / every)) === 0;
  let isAsking = false;
  // Runs of their own, also after another such measurement: lines sent again are counted apart, which is slower.
  const jobOf = (n) => `latency-${batch}/${isMarked(n) ? n : 'load'}`;
  // Made before they are sent: the client has no core of its own.
  const bodies = Array.from({ length: Math.ceil((seconds * 1000) / every) }, (_, n) => bodyOf(body, jobOf(n), n));
  const begun = performance.now();
  for (const [n, sent] of bodies.entries()) {
    await sleep(Math.max(0, begun + n * every - performance.now()));
    const due = begun + n * every;
    waiting.push(
      send(`${url}/v1/lines`, sent).then((status) => {
        if (status !== 202) {
          throw new Error(`a steady load was answered ${status}`);
        }
        const at = performance.now();
        // From when it was due: what a late start adds is waiting too.
        acknowledged.push(at - due);
        // One is looked for at a time: asking costs more than writing.
        if (!isMarked(n) || isAsking) {
          return undefined;
        }
        isAsking = true;
        return untilReadable(db, jobOf(n)).then((seen) => {
          readable.push(seen - at);
          isAsking = false;
        });
      })
    );
  }
  await Promise.all(waiting);
  await drained(url);
  const result = {
    linesPerSecond,
    batch,
    acknowledgeP50: quantile(acknowledged, 0.5),
    acknowledgeP99: quantile(acknowledged, 0.99),
    readableP50: quantile(readable, 0.5),
    readableP99: quantile(readable, 0.99),
  };
  row('acknowledged', `p50 ${ms(result.acknowledgeP50)}`, `p99 ${ms(result.acknowledgeP99)}`);
  row(
    'from there to readable',
    `p50 ${ms(result.readableP50)}`,
    `p99 ${ms(result.readableP99)}`,
    `(${readable.length} asked)`
  );
  return result;
}

/** Lines of a run of its own: of the same number they would be repetitions, which are counted apart. */
function bodyOf(body, job, run) {
  let seq = 0;
  const text = body
    .toString()
    .replaceAll(/"job":"[^"]*","run":"[^"]*"/g, `"job":"${job}","run":"${run}"`)
    .replaceAll(/"seq":\d+/g, () => `"seq":${seq++}`);
  return Buffer.from(text);
}

/** Asked of the table itself: a question of the service costs more than what is measured. */
async function untilReadable(db, job) {
  while ((await valueOf(db, `SELECT count() FROM runs WHERE tenant = 'default' AND job = '${job}'`)) === 0) {
    await sleep(25);
  }
  return performance.now();
}
