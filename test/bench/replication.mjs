// node test/bench/replication.mjs [--files 3000] [--s3 COMMAND]: job history files in over HTTP, and out to a real S3 server: moto,
// which the replication tests install, or one that COMMAND starts on http://127.0.0.1:7070 for the keys a and b. Says how many
// a minute, and what each process spent on one.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { cpuOf, said, sleep, startService, textOf } from './support.mjs';

const { values } = parseArgs({ options: { files: { type: 'string', default: '3000' }, s3: { type: 'string' } } });
const count = Number(values.files);
const data = mkdtempSync(join(tmpdir(), 'joblens-bench-'));
const aws = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_EC2_METADATA_DISABLED: 'true' };
const [program, ...parameters] = values.s3?.split(' ') ?? [
  'node_modules/.cache/joblens/moto-5.2.5/bin/python',
  '-m',
  'moto.server',
  '-p',
  '0',
];
const s3 = spawn(program, parameters, {
  env: { ...process.env, PYTHONUNBUFFERED: '1' },
  stdio: ['ignore', 'ignore', 'pipe'],
});
const service = await startService(data, { ...aws, JOBLENS_LOG_LEVEL: 'warn' });

try {
  const endpoint = values.s3
    ? 'http://127.0.0.1:7070'
    : await said(s3.stderr, /Running on (http:\/\/127\.0\.0\.1:\d+)/);
  const { url } = service;
  s3.stderr.resume();
  await new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  }).send(new CreateBucketCommand({ Bucket: 'history' }));
  const connection = { region: 'us-east-1', bucket: 'history', endpoint };
  await ask(url, 'PUT', '/v1/settings/replication', { enabled: true, user_id: '5234', connection });
  const before = [service.cpu().service, cpuOf(s3.pid)];
  const started = performance.now();
  for (let from = 0; from < count; from += 500) {
    const files = Array.from({ length: Math.min(500, count - from) }, (_, i) => fileOf(from + i));
    await ask(url, 'POST', '/v1/receive/workato', files);
  }
  const received = performance.now() - started;
  for (let written = 0; written < count;) {
    await sleep(200);
    const metrics = await textOf(`${url}/metrics`);
    written = Number(/^joblens_replication_written_total\{tenant="default"\} (\d+)/m.exec(metrics)?.[1] ?? 0);
  }
  const seconds = (performance.now() - started) / 1000;
  const [ofService, ofS3] = [service.cpu().service - before[0], cpuOf(s3.pid) - before[1]];
  console.log(`job history files of ${JSON.stringify(fileOf(0)).length} bytes, ${count}, load ${loadavg()[0].toFixed(1)}
  taken, durable           ${((count / received) * 1000).toFixed(0)} /s
  stored, and on S3        ${((count / seconds) * 60).toFixed(0)} /min
  CPU time for one         service ${((ofService / count) * 1000).toFixed(1)} ms, S3 server ${((ofS3 / count) * 1000).toFixed(1)} ms`);
} finally {
  await service.stop();
  s3.kill();
  rmSync(data, { recursive: true, force: true });
}

function fileOf(id) {
  const line = (n) => ({
    recipe_line_number: n,
    adapter_name: 'clock',
    adapter_operation: 'get_time',
    input: { interval: '1', text: 'x'.repeat(200) },
    output: { time: '2018-05-21T23:14:41.783555+00:00' },
    mask_data: false,
  });
  return {
    id,
    flow_id: id % 50,
    status: 'completed',
    started_at: '2026-11-20T00:00:00Z',
    completed_at: '2026-11-20T00:00:10Z',
    report: { n: id },
    lines: [line(0), line(1), line(2)],
  };
}

async function ask(url, method, path, body) {
  const response = await fetch(url + path, { method, body: JSON.stringify(body) });
  if (!response.ok) {
    throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }
}
