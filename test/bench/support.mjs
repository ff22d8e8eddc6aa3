import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';

/** Starts the service on a data folder, with more in its environment. Resolves once it takes writes, with how long that took, milliseconds. */
export async function startService(data, env = {}) {
  const begun = performance.now();
  const service = spawn(
    process.execPath,
    ['ingest/bin/joblens.js', 'serve', '--port', '0', '--data', data, '--no-demo'],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] }
  );
  const url = await said(service.stdout, /listening on (\S+)/);
  const started = performance.now() - begun;
  const engine = Number(readFileSync(`/proc/${service.pid}/task/${service.pid}/children`, 'utf8').trim().split(' ')[0]);
  const db = createClient({
    url: JSON.parse(readFileSync(join(data, 'engine.json'), 'utf8')).url,
    database: 'joblens',
    request_timeout: 1_800_000,
    log: { level: ClickHouseLogLevel.OFF },
  });
  return {
    url,
    db,
    data,
    started,
    pid: service.pid,
    engine,
    /** CPU seconds of the service, its engine, and this client, so far. */
    cpu: () => {
      const { user, system } = process.cpuUsage();
      return { service: cpuOf(service.pid), engine: cpuOf(engine), client: (user + system) / 1e6 };
    },
    stop: async () => {
      await db.close();
      service.kill('SIGTERM');
      await new Promise((resolve) => service.once('exit', resolve));
    },
  };
}

/** The first group of the pattern in what a process says. */
export async function said(stream, pattern) {
  for await (const line of createInterface({ input: stream })) {
    const found = pattern.exec(line);
    if (found) {
      return found[1];
    }
  }
  throw new Error(`ended before it said ${pattern}`);
}

/** CPU seconds that a process has used, from Linux's /proc. */
export function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const agent = new Agent({ keepAlive: true });

/** Sends one body; gives the status of the answer. `fetch` would take a tenth of the machine away from what is measured. */
export function send(url, body) {
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', agent, headers: { 'content-length': body.length } }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode));
    })
      .once('error', reject)
      .end(body);
  });
}

/** Sends bodies, so many at a time; gives how long each answer took, milliseconds. */
export async function post(url, path, bodies, concurrency) {
  const latencies = [];
  let next = 0;
  const worker = async () => {
    while (next < bodies.length) {
      const body = bodies[next++];
      const started = performance.now();
      const status = await send(`${url}${path}`, body);
      if (status === 503) {
        next--;
        await sleep(200);
      } else if (status !== 202) {
        throw new Error(`${path} answered ${status}`);
      }
      latencies.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return latencies;
}

/** Once nothing waits to be stored. */
export async function drained(url) {
  while (!/^joblens_spool_segments 0$/m.test(await textOf(`${url}/metrics`))) {
    await sleep(50);
  }
}

export async function textOf(url) {
  const answer = await fetch(url);
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${url} answered ${answer.status}: ${text.slice(0, 300)}`);
  }
  return text;
}

/** The one value of a query. */
export async function valueOf(db, query) {
  const rows = await (await db.query({ query, format: 'JSONCompactEachRow' })).json();
  return Number(rows[0][0]);
}

/** How long each of so many calls took, milliseconds: the first apart, median and p95 of the others. */
export async function timed(work, times = 9) {
  const took = [];
  for (let i = 0; i <= times; i++) {
    const begun = performance.now();
    await work();
    took.push(performance.now() - begun);
  }
  const [cold, ...warm] = took;
  return { median: quantile(warm, 0.5), p95: quantile(warm, 0.95), cold };
}

export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export const perSecond = (value) => `${Math.round(value).toLocaleString('en').padStart(11)} /s`;
export const row = (name, ...values) => console.log(`  ${name.padEnd(36)} ${values.join('  ')}`);
export const ms = (value) => `${value.toFixed(value < 10 ? 1 : 0).padStart(6)} ms`;
