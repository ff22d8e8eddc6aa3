// npm run bench: what goes in and what comes out, each beside what the engine itself does with the same bytes, in one
// run. Options: --lines 1000000 --runs 100000 --records 1000000 --store 1000000 --json FILE
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { eventBodies, lineBodies } from './bodies.mjs';
import { RECORD_PAGES, recordBodies } from './records.mjs';
import { fillStore, QUESTIONS } from './store.mjs';

const { values: options } = parseArgs({
  options: {
    lines: { type: 'string', default: '1000000' },
    runs: { type: 'string', default: '100000' },
    records: { type: 'string', default: '1000000' },
    store: { type: 'string', default: '1000000' },
    json: { type: 'string' },
  },
});
const data = mkdtempSync(join(tmpdir(), 'joblens-bench-'));
const results = {
  machine: `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
  date: new Date().toISOString(),
};
const service = spawn(
  process.execPath,
  ['ingest/bin/joblens.js', 'serve', '--port', '0', '--data', data, '--no-demo'],
  { stdio: ['ignore', 'pipe', 'inherit'] }
);

try {
  const url = await listening();
  const db = createClient({
    url: JSON.parse(readFileSync(join(data, 'engine.json'), 'utf8')).url,
    database: 'joblens',
    request_timeout: 600_000,
  });
  console.log(`${results.machine}\n`);
  results.lines = await benchLines(url, db, Number(options.lines));
  results.runs = await benchRuns(url, db, Number(options.runs));
  results.records = await benchRecords(url, Number(options.records));
  results.questions = await benchQuestions(url, db, Number(options.store));
  await db.close();
  if (options.json) {
    writeFileSync(options.json, JSON.stringify(results, null, 2));
  }
} finally {
  service.kill('SIGTERM');
  await new Promise((resolve) => service.once('exit', resolve));
  rmSync(data, { recursive: true, force: true });
}

async function listening() {
  for await (const line of createInterface({ input: service.stdout })) {
    const found = /listening on (\S+)/.exec(line);
    if (found) {
      return found[1];
    }
  }
  throw new Error('the service did not start');
}

/** The same bytes over HTTP, durable and stored, and straight into a table of the same shape by the engine. */
async function benchLines(url, db, count) {
  const bodies = lineBodies(count);
  const bytes = bodies.reduce((sum, body) => sum + body.length, 0);
  await post(
    url,
    '/v1/lines',
    lineBodies(20_000).map((body) => Buffer.from(body.toString().replaceAll('bench/', 'warm-up/'))),
    8
  );
  await drained(url);
  const before = await countOf(db, 'lines');
  const engine = childOf(service.pid);
  const cpu = [cpuOf(service.pid), cpuOf(engine), process.cpuUsage()];
  const started = performance.now();
  const latencies = await post(url, '/v1/lines', bodies, 8);
  const acknowledged = performance.now() - started;
  await drained(url);
  const stored = performance.now() - started;
  const [ofService, ofEngine] = [cpuOf(service.pid) - cpu[0], cpuOf(engine) - cpu[1]];
  const { user, system } = process.cpuUsage(cpu[2]);
  const there = (await countOf(db, 'lines')) - before;
  if (there !== count) {
    throw new Error(`${count} lines were sent, ${there} are stored`);
  }
  const direct = await directLines(db, bodies);
  const result = {
    count,
    bytesPerLine: bytes / count,
    acknowledgedPerSecond: (count / acknowledged) * 1000,
    storedPerSecond: (count / stored) * 1000,
    directPerSecond: (count / direct) * 1000,
    ratio: direct / stored,
    perCpuSecond: count / (ofService + ofEngine),
    cpuSeconds: { service: ofService, engine: ofEngine, client: (user + system) / 1e6 },
    acknowledgeP50: quantile(latencies, 0.5),
    acknowledgeP99: quantile(latencies, 0.99),
  };
  console.log(`log lines, ${count} of ${result.bytesPerLine.toFixed(0)} bytes in bodies of ${Math.round(bytes / bodies.length / 1024)} kB, 8 at a time
  over HTTP, acknowledged durable ${perSecond(result.acknowledgedPerSecond)}   (a request: p50 ${result.acknowledgeP50.toFixed(1)} ms, p99 ${result.acknowledgeP99.toFixed(1)} ms)
  over HTTP, stored and settled   ${perSecond(result.storedPerSecond)}
  straight into the engine        ${perSecond(result.directPerSecond)}
  ratio                           ${result.ratio.toFixed(2)}   (aim: above 0.6)
  per CPU second of both          ${perSecond(result.perCpuSecond)}   (service ${ofService.toFixed(1)} s, engine ${ofEngine.toFixed(1)} s, this client ${result.cpuSeconds.client.toFixed(1)} s)\n`);
  return result;
}

async function directLines(db, bodies) {
  const file = join(data, 'direct.ndjson');
  writeFileSync(file, Buffer.concat(bodies));
  await db.command({ query: 'CREATE TABLE IF NOT EXISTS lines_direct AS lines' });
  const tuple = 'Tuple(job String, run String, time String, seq Int64, level String, message String)';
  const times = [];
  for (let i = 0; i < 3; i++) {
    const started = performance.now();
    await db.command({
      query: `INSERT INTO lines_direct (tenant, job, run, attempt, seq, time, level, message, terminated, received_at)
      WITH JSONExtract(line, {tuple:String}) AS v
      SELECT 'default', v.job, v.run, 1, v.seq, parseDateTime64BestEffort(v.time, 3, 'UTC'), v.level, v.message, 1, now64(3)
      FROM file({file:String}, 'LineAsString', 'line String')`.replace('{tuple:String}', `'${tuple}'`),
      query_params: { file },
      clickhouse_settings: { async_insert: 0, insert_deduplicate: 0 },
    });
    times.push(performance.now() - started);
  }
  await db.command({ query: 'DROP TABLE lines_direct' });
  return quantile(times, 0.5);
}

async function benchRuns(url, db, count) {
  const bodies = eventBodies(count);
  const started = performance.now();
  const latencies = await post(url, '/v1/runs', bodies, 4);
  const acknowledged = performance.now() - started;
  await drained(url);
  const stored = performance.now() - started;
  const there = await countOf(db, "runs FINAL WHERE job LIKE 'bench-run%'");
  if (there !== count) {
    throw new Error(`${count} runs were sent, ${there} are stored`);
  }
  const result = {
    count,
    acknowledgedPerSecond: (count / acknowledged) * 1000,
    settledPerSecond: (count / stored) * 1000,
    acknowledgeP99: quantile(latencies, 0.99),
  };
  console.log(`run events, ${count} in bodies of 1,000, 4 at a time
  acknowledged durable            ${perSecond(result.acknowledgedPerSecond)}   (a request: p99 ${result.acknowledgeP99.toFixed(1)} ms)
  stored and settled              ${perSecond(result.settledPerSecond)}\n`);
  return result;
}

async function benchRecords(url, count) {
  const bodies = recordBodies(count);
  const started = performance.now();
  await post(url, '/v1/records', bodies, 2);
  await drained(url);
  const result = { count, storedPerSecond: (count / (performance.now() - started)) * 1000, pages: {} };
  console.log(`records of one run, ${count}; pages of 100, median and p95 of 9, milliseconds
  stored and settled              ${perSecond(result.storedPerSecond)}`);
  for (const [name, path] of RECORD_PAGES) {
    const times = [];
    for (let i = 0; i < 10; i++) {
      const begun = performance.now();
      const answer = await fetch(`${url}${path}`);
      await answer.arrayBuffer();
      if (!answer.ok) {
        throw new Error(`${path} answered ${answer.status}`);
      }
      times.push(performance.now() - begun);
    }
    const warm = times.slice(1);
    result.pages[name] = { median: quantile(warm, 0.5), p95: quantile(warm, 0.95), cold: times[0] };
    console.log(
      `  ${name.padEnd(34)} ${result.pages[name].median.toFixed(0).padStart(5)} ${result.pages[name].p95.toFixed(0).padStart(5)}`
    );
  }
  console.log('');
  return result;
}

async function benchQuestions(url, db, count) {
  const filled = await fillStore(db, count);
  console.log(
    `questions over ${count} runs of a year, 500 jobs; 30 days unless said; median and p95 of 9, milliseconds (filled in ${(filled / 1000).toFixed(1)} s)`
  );
  const result = {};
  for (const [name, query, days = 30] of QUESTIONS) {
    const to = Date.now();
    const body = JSON.stringify({ from: to - days * 86_400_000, to, queries: [{ refId: 'A', ...query }] });
    const times = [];
    for (let i = 0; i < 10; i++) {
      const started = performance.now();
      const answer = await (await fetch(`${url}/v1/query`, { method: 'POST', body })).json();
      if (answer.results.A.status !== 200) {
        throw new Error(`${name}: ${answer.results.A.error}`);
      }
      times.push(performance.now() - started);
    }
    const warm = times.slice(1);
    result[name] = { median: quantile(warm, 0.5), p95: quantile(warm, 0.95), cold: times[0] };
    console.log(
      `  ${name.padEnd(34)} ${result[name].median.toFixed(0).padStart(5)} ${result[name].p95.toFixed(0).padStart(5)}`
    );
  }
  return result;
}

/** Sends bodies, so many at a time; gives how long each answer took, milliseconds. */
async function post(url, path, bodies, concurrency) {
  const latencies = [];
  let next = 0;
  const worker = async () => {
    while (next < bodies.length) {
      const body = bodies[next++];
      const started = performance.now();
      const response = await fetch(`${url}${path}`, { method: 'POST', body });
      await response.arrayBuffer();
      if (response.status === 503) {
        next--;
        await new Promise((resolve) => setTimeout(resolve, 200));
      } else if (response.status !== 202) {
        throw new Error(`${path} answered ${response.status}`);
      }
      latencies.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return latencies;
}

async function drained(url) {
  for (;;) {
    if (/^joblens_spool_segments 0$/m.test(await (await fetch(`${url}/metrics`)).text())) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function countOf(db, from) {
  const rows = await (
    await db.query({ query: `SELECT toUInt32(count()) AS n FROM ${from}`, format: 'JSONEachRow' })
  ).json();
  return rows[0].n;
}

/** The engine: the service's only child. */
function childOf(pid) {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
}

/** CPU seconds that a process has used, from Linux's /proc. */
function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}

function perSecond(value) {
  return `${Math.round(value).toLocaleString('en').padStart(10)} /s`;
}
