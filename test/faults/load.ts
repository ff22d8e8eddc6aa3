import { setTimeout as sleep } from 'node:timers/promises';

/** What became of the requests of a load. */
export interface Outcome {
  /** Lines accepted, by run. */
  accepted: Map<string, number>;
  /** Milliseconds that each accepted request took. */
  latencies: number[];
  refused: number;
  /** Refused without saying when to come back. */
  rude: number;
  failed: number;
}

const LINES = 1000;
const FILLER = 'the quick brown fox jumps over the lazy dog and does it again '.repeat(2);

/** A body of log lines of one run, numbered on from `from`, about 170 bytes each. */
function body(run: string, from: number): string {
  let text = '';
  for (let seq = from; seq < from + LINES; seq++) {
    text += `{"job":"overload","run":"${run}","seq":${seq},"level":"info","message":"${seq} ${FILLER}"}\n`;
  }
  return text;
}

export const BODY_BYTES = body('client 0', 1_000_000).length;

/**
 * Offers so many bytes a second from some clients until `done`, each with one request at a time; those that are
 * refused are let go, as by a sender that has no room to wait.
 */
export async function offer(
  url: string,
  { rate, clients, until }: { rate: number; clients: number; until: (outcome: Outcome) => boolean }
): Promise<Outcome> {
  const outcome: Outcome = { accepted: new Map(), latencies: [], refused: 0, rude: 0, failed: 0 };
  const pause = (BODY_BYTES * clients * 1000) / rate;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      const run = `client ${client}`;
      let due = performance.now() + (pause * client) / clients;
      for (let from = 0; !until(outcome); due += pause) {
        await sleep(Math.max(0, due - performance.now()));
        const began = performance.now();
        // Who is late does not send faster than twice as fast to make up for it.
        due = Math.max(due, began - pause);
        const answer = await fetch(`${url}/v1/lines`, {
          method: 'POST',
          headers: { 'content-type': 'application/x-ndjson' },
          body: body(run, from),
        }).catch(() => undefined);
        await answer?.arrayBuffer().catch(() => undefined);
        if (answer?.status === 202) {
          outcome.latencies.push(performance.now() - began);
          outcome.accepted.set(run, (outcome.accepted.get(run) ?? 0) + LINES);
          from += LINES;
        } else if (answer?.status === 503) {
          outcome.refused++;
          outcome.rude += answer.headers.has('retry-after') ? 0 : 1;
        } else {
          outcome.failed++;
        }
      }
    })
  );
  return outcome;
}
