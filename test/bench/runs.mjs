import { eventBodies } from './bodies.mjs';
import { drained, ms, perSecond, post, quantile, row, valueOf } from './support.mjs';

/** Run events over HTTP, durable, and stored as settled runs. */
export async function runs({ url, db }, count) {
  console.log(`run events, ${count} in bodies of 1,000, 4 at a time`);
  const bodies = eventBodies(count);
  const started = performance.now();
  const latencies = await post(url, '/v1/runs', bodies, 4);
  const acknowledged = performance.now() - started;
  await drained(url);
  const stored = performance.now() - started;
  const there = await valueOf(db, "SELECT count() FROM runs FINAL WHERE job LIKE 'bench-run%'");
  if (there !== count) {
    throw new Error(`${count} runs were sent, ${there} are stored`);
  }
  const result = {
    count,
    acknowledgedPerSecond: (count / acknowledged) * 1000,
    settledPerSecond: (count / stored) * 1000,
    acknowledgeP99: quantile(latencies, 0.99),
  };
  row('acknowledged durable', perSecond(result.acknowledgedPerSecond), `a request: p99 ${ms(result.acknowledgeP99)}`);
  row('stored and settled', perSecond(result.settledPerSecond));
  return result;
}
