// node test/bench/soak.mjs --minutes 30 --lines 10000: a steady load for a long time, and what it does to memory, latency and lag.
// Ends with 1 where a line was lost or doubled.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { lineBodies } from './bodies.mjs';
import { drained, ms, quantile, send, sleep, startService, textOf, valueOf } from './support.mjs';

const number = (byDefault) => ({ type: 'string', default: String(byDefault) });
const { values } = parseArgs({ options: { minutes: number(30), lines: number(10_000) } });
const [minutes, linesPerSecond] = [Number(values.minutes), Number(values.lines)];
const LINES_A_RUN = 500;

const data = mkdtempSync(join(tmpdir(), 'joblens-soak-'));
const service = await startService(data);
const { url, db } = service;
const [body] = lineBodies(LINES_A_RUN);
const every = (LINES_A_RUN / linesPerSecond) * 1000;
const end = performance.now() + minutes * 60_000;
let [sent, refused] = [0, 0];
let [acknowledged, asked] = [[], []];

/** A run of its own for each body: it starts, writes its lines, and ends. */
async function oneRun(n) {
  const [job, run] = [`soak/job-${n % 50}`, String(n)];
  const due = performance.now();
  const text = body.toString().replaceAll(/"job":"[^"]*","run":"[^"]*"/g, `"job":"${job}","run":"${run}"`);
  const answer = await send(`${url}/v1/lines`, Buffer.from(text));
  acknowledged.push(performance.now() - due);
  sent += answer === 202 ? LINES_A_RUN : 0;
  refused += answer === 202 ? 0 : 1;
  const status = n % 20 ? 'succeeded' : 'failed';
  const event = JSON.stringify({ job, run, status, started_at: Date.now() - 1000, finished_at: Date.now() });
  await send(`${url}/v1/runs`, Buffer.from(event));
}

async function ask() {
  const began = performance.now();
  const query = { from: Date.now() - 3_600_000, to: Date.now(), queries: [{ refId: 'A', question: 'counts' }] };
  await textOf(`${url}/v1/runs?limit=100`);
  const headers = { 'content-type': 'application/json' };
  await (await fetch(`${url}/v1/query`, { method: 'POST', headers, body: JSON.stringify(query) })).arrayBuffer();
  asked.push(performance.now() - began);
}

async function say() {
  const metrics = await textOf(`${url}/metrics`);
  const lag = Number(/^joblens_spool_lag_seconds (\S+)/m.exec(metrics)?.[1]);
  const parts = await valueOf(db, "SELECT count() FROM system.parts WHERE active AND database = 'joblens'");
  const memory = (pid) => `${Math.round(memoryOf(pid) / 2 ** 20)} MB`;
  console.log(
    `${new Date().toISOString().slice(11, 19)}  ${sent} lines  refused ${refused}  acknowledged p99 ${ms(quantile(acknowledged, 0.99))}` +
      `  asked p95 ${ms(quantile(asked, 0.95))}  lag ${lag.toFixed(1)} s  service ${memory(service.pid)}  engine ${memory(service.engine)}  parts ${parts}`
  );
  [acknowledged, asked] = [[], []];
}

const memoryOf = (pid) => Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;

const timers = [
  setInterval(() => void ask().catch((error) => console.log(String(error))), 1000),
  setInterval(() => void say(), 60_000),
];
const begun = performance.now();
const running = new Set();
for (let n = 0; performance.now() < end; n++) {
  await sleep(Math.max(0, begun + n * every - performance.now()));
  const run = oneRun(n).catch((error) => console.log(String(error)));
  running.add(run.finally(() => running.delete(run)));
}
timers.forEach(clearInterval);
await Promise.all(running);
await drained(url);
const stored = await valueOf(db, "SELECT count() FROM lines WHERE job LIKE 'soak/%'");
const counted = await valueOf(db, "SELECT sum(lines) FROM runs FINAL WHERE job LIKE 'soak/%'");
const { service: own, engine } = service.cpu();
const share = (seconds) => `${Math.round((seconds / (performance.now() - begun)) * 100_000)} %`;
console.log(`of one core, the service took ${share(own)}, the engine ${share(engine)}`);
console.log(`${sent} lines were accepted, ${stored} are stored, ${counted} are counted by their runs`);
await service.stop();
rmSync(data, { recursive: true, force: true });
process.exitCode = stored === sent && counted === sent ? 0 : 1;
