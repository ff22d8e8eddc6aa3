import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lineBodies } from './bodies.mjs';
import { drained, perSecond, post, quantile, row, ms, textOf, valueOf } from './support.mjs';

/** The same lines over HTTP, durable and stored, and straight into a table of the same shape by the engine. */
export async function lines({ url, db, data, cpu }, count) {
  const bodies = lineBodies(count);
  const bytes = bodies.reduce((sum, body) => sum + body.length, 0);
  console.log(
    `log lines, ${count} of ${(bytes / count).toFixed(0)} bytes in bodies of ${Math.round(bytes / bodies.length / 1024)} kB, 8 at a time`
  );
  await post(url, '/v1/lines', warmUp(), 8);
  await drained(url);
  await textOf(`${url}/metrics`);
  const before = [await valueOf(db, 'SELECT count() FROM lines'), cpu()];
  const started = performance.now();
  const delays = loopDelays(url);
  const latencies = await post(url, '/v1/lines', bodies, 8);
  const acknowledged = performance.now() - started;
  await drained(url);
  const stored = performance.now() - started;
  const used = since(before[1], cpu());
  const loopDelay = await delays.worst();
  const there = (await valueOf(db, 'SELECT count() FROM lines')) - before[0];
  if (there !== count) {
    throw new Error(`${count} lines were sent, ${there} are stored`);
  }
  const direct = await straightIn(db, data, bodies);
  const result = {
    count,
    perBody: Math.floor(count / bodies.length),
    bytesPerLine: bytes / count,
    acknowledgedPerSecond: (count / acknowledged) * 1000,
    acknowledgeP99: quantile(latencies, 0.99),
    storedPerSecond: (count / stored) * 1000,
    directPerSecond: (count / direct) * 1000,
    ratio: direct / stored,
    perCpuSecond: count / (used.service + used.engine),
    cpuSeconds: used,
    loopDelayP99: loopDelay,
    size: await sizeOnDisk(db, data, count),
  };
  row('acknowledged durable', perSecond(result.acknowledgedPerSecond), `a request: p99 ${ms(result.acknowledgeP99)}`);
  row('stored and settled', perSecond(result.storedPerSecond));
  row('straight into the engine', perSecond(result.directPerSecond));
  row('ratio', result.ratio.toFixed(2).padStart(11));
  row(
    'per CPU second',
    perSecond(result.perCpuSecond),
    `service ${used.service.toFixed(1)} s, engine ${used.engine.toFixed(1)} s; client ${used.client.toFixed(1)} s`
  );
  row('event loop, delay p99', ms(loopDelay));
  const { line, zstd, index } = result.size;
  row(
    'bytes on disk for a line',
    line.toFixed(1).padStart(11),
    `${(line / zstd).toFixed(2)} of one zstd -3 file (${zstd.toFixed(1)}); index ${index.toFixed(1)} more`
  );
  return result;
}

const warmUp = () => lineBodies(20_000).map((body) => Buffer.from(body.toString().replaceAll('bench/', 'warm-up/')));
const since = (a, b) => Object.fromEntries(Object.keys(a).map((name) => [name, b[name] - a[name]]));

/** The service's event loop while it works: it tells the p99 since it was asked last. */
function loopDelays(url) {
  const seen = [];
  const ask = async () => {
    seen.push(Number(/^nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(await textOf(`${url}/metrics`))?.[1]) * 1000);
  };
  const timer = setInterval(() => void ask(), 500);
  return {
    worst: async () => {
      clearInterval(timer);
      await ask();
      return Math.max(...seen);
    },
  };
}

async function straightIn(db, data, bodies) {
  const file = join(data, 'direct.ndjson');
  writeFileSync(file, Buffer.concat(bodies));
  await db.command({ query: 'CREATE TABLE lines_direct AS lines' });
  const tuple = 'Tuple(job String, run String, time String, seq Int64, level String, message String)';
  const times = [];
  for (let i = 0; i < 3; i++) {
    const started = performance.now();
    await db.command({
      query: `INSERT INTO lines_direct (tenant, job, run, attempt, seq, time, level, message, terminated, received_at)
      WITH JSONExtract(line, '${tuple}') AS v
      SELECT 'default', v.job, v.run, 1, v.seq, parseDateTime64BestEffort(v.time, 3, 'UTC'), v.level, v.message, 1, now64(3)
      FROM file({file:String}, 'LineAsString', 'line String')`,
      query_params: { file },
      clickhouse_settings: { async_insert: 0, insert_deduplicate: 0 },
    });
    times.push(performance.now() - started);
  }
  await db.command({ query: 'DROP TABLE lines_direct' });
  return quantile(times, 0.5);
}

/** Bytes of a line: in the table once it is merged, its index apart, and in one file of the same lines by zstd -3. */
async function sizeOnDisk(db, data, count) {
  await db.command({ query: 'OPTIMIZE TABLE lines FINAL' });
  const part = (what) =>
    `SELECT sum(${what}) / sum(rows) FROM system.parts WHERE database = 'joblens' AND table = 'lines' AND active`;
  const [whole, indices, marks] = [
    await valueOf(db, part('bytes_on_disk')),
    await valueOf(db, part('secondary_indices_compressed_bytes + primary_key_bytes_in_memory')),
    await valueOf(db, part('marks_bytes')),
  ];
  const file = join(data, 'direct.ndjson');
  await db.command({
    query: `INSERT INTO FUNCTION file({to:String}, 'LineAsString', 'line String') SELECT line FROM file({file:String}, 'LineAsString', 'line String')`,
    query_params: { file, to: `${file}.zst` },
    clickhouse_settings: { output_format_compression_level: '3', max_threads: 1 },
  });
  const zstd = await valueOf(
    db,
    `SELECT sum(_size) FROM (SELECT DISTINCT _path, _size FROM file('${file}.zst', 'RawBLOB', 's String', 'none'))`
  );
  return { line: whole - indices - marks, index: indices + marks, zstd: zstd / count };
}
