// Sends whatever the OpenAPI document of a fresh service allows, and what it does not: `npm run fuzz`, or with a number
// for how many cases of each call. Needs python3 with venv; schemathesis is installed on first use.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = resolve(import.meta.dirname, '..');
const venv = join(root, 'node_modules/.cache/joblens/schemathesis-4.32.5');
const [cases = '10'] = process.argv.slice(2);
const TOKEN = 'a token for this run only';

if (!existsSync(join(venv, 'bin/schemathesis'))) {
  execFileSync('python3', ['-m', 'venv', venv]);
  execFileSync(join(venv, 'bin/pip'), ['install', '--quiet', 'schemathesis==4.32.5'], { stdio: 'inherit' });
}
const data = mkdtempSync(join(tmpdir(), 'joblens-fuzz-'));
const tokens = join(data, 'tokens.json');
writeFileSync(
  tokens,
  JSON.stringify({ tokens: [{ name: 'fuzz', token: TOKEN, scopes: ['write', 'read', 'annotate', 'admin'] }] })
);
const service = spawn(
  process.execPath,
  [join(root, 'ingest/bin/joblens.js'), 'serve', '--port', '0', '--data', join(data, 'store'), '--no-demo'],
  {
    env: { ...process.env, JOBLENS_TOKENS_FILE: tokens, JOBLENS_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  }
);
let status = 1;
for await (const line of createInterface(service.stdout)) {
  const url = /^listening on (\S+)$/.exec(line)?.[1];
  if (url) {
    // Answers of 500, hangs, and answers that the document does not describe.
    const checks = 'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance';
    ({ status } = spawnSync(
      join(venv, 'bin/schemathesis'),
      [
        'run',
        `${url}/openapi.json`,
        '-H',
        `Authorization: Bearer ${TOKEN}`,
        '--phases',
        'coverage,fuzzing',
        '-n',
        cases,
      ].concat(['--seed', '1', '--request-timeout', '20', '-c', checks, '--continue-on-failure', '--no-color']),
      { stdio: 'inherit', cwd: data }
    ));
    break;
  }
}
service.kill('SIGTERM');
service.once('exit', () => {
  rmSync(data, { recursive: true, force: true });
  process.exit(status ?? 1);
});
