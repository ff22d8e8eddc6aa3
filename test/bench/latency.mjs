import { lineBodies } from './bodies.mjs';
import { drained, ms, perSecond, quantile, row, sleep } from './support.mjs';

const BATCH = 500;

/** At half of what was sustained: how long an acknowledgement takes, and how long until what was acknowledged can be read. */
export async function latency({ url }, { seconds, linesPerSecond }) {
  console.log(`at half of that load, ${seconds} s, bodies of ${BATCH} lines`);
  const [body] = lineBodies(BATCH);
  const every = (BATCH / (linesPerSecond / 2)) * 1000;
  const [acknowledged, readable, waiting] = [[], [], []];
  const begun = performance.now();
  for (let n = 0; performance.now() - begun < seconds * 1000; n++) {
    await sleep(Math.max(0, begun + n * every - performance.now()));
    const [due, isMarked] = [begun + n * every, n % Math.max(1, Math.round(500 / every)) === 0];
    const job = isMarked ? `latency/${n}` : 'latency/load';
    waiting.push(
      send(url, body, job, n).then((at) => {
        // From when it was due: what a late start adds is waiting too.
        acknowledged.push(at - due);
        return isMarked ? untilReadable(url, job).then((seen) => readable.push(seen - at)) : undefined;
      })
    );
  }
  await Promise.all(waiting);
  await drained(url);
  const result = {
    linesPerSecond: linesPerSecond / 2,
    acknowledgeP50: quantile(acknowledged, 0.5),
    acknowledgeP99: quantile(acknowledged, 0.99),
    readableP50: quantile(readable, 0.5),
    readableP99: quantile(readable, 0.99),
  };
  row('load', perSecond(result.linesPerSecond));
  row('acknowledged', `p50 ${ms(result.acknowledgeP50)}`, `p99 ${ms(result.acknowledgeP99)}`);
  row(
    'from there to readable',
    `p50 ${ms(result.readableP50)}`,
    `p99 ${ms(result.readableP99)}`,
    `(${readable.length} asked)`
  );
  return result;
}

async function send(url, body, job, run) {
  // A run of its own: lines of the same number would be repetitions, which are counted apart.
  const text = body.toString().replaceAll(/"job":"[^"]*","run":"[^"]*"/g, `"job":"${job}","run":"${run}"`);
  const answer = await fetch(`${url}/v1/lines`, { method: 'POST', body: text });
  await answer.arrayBuffer();
  if (answer.status !== 202) {
    throw new Error(`half of the load was answered ${answer.status}`);
  }
  return performance.now();
}

async function untilReadable(url, job) {
  for (;;) {
    const { runs } = await (await fetch(`${url}/v1/runs?job=${job}&limit=1`)).json();
    if (runs.length > 0) {
      return performance.now();
    }
    await sleep(25);
  }
}
