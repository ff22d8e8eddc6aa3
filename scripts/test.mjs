// npm test: everything, and one closing line `N passed, N failed`. Names of steps run only those: npm test -- unit go
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { buildPage, buildPlugin, buildRelay, buildService, install, root, run } from './run.mjs';

const bin = (name) => join(root, 'node_modules/.bin', name);
const tmp = mkdtempSync(join(tmpdir(), 'joblens-npm-test-'));

/** A command that passes or fails as a whole. */
const check = (command, args) => async () => {
  const { code } = await run(command, args);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
};

/** Tests of vitest's projects; counted one by one. */
const vitest =
  (...projects) =>
  async () => {
    const report = join(tmp, `${projects.join('-')}.json`);
    const { code } = await run(bin('vitest'), [
      'run',
      ...projects.flatMap((name) => ['--project', name]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ]);
    if (!existsSync(report)) {
      return { passed: 0, failed: 1 };
    }
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    const failed = Math.max(
      numFailedTests,
      numFailedTestSuites > 0 && numFailedTests === 0 ? 1 : 0,
      code === 0 ? 0 : 1
    );
    return { passed: numPassedTests, failed };
  };

/** Go's tests, counted one by one; `service` runs those that ask a running service. */
const goTest =
  (module, args, env = {}) =>
  async () => {
    const { code, output } = await run('go', ['test', '-json', '-count=1', ...args], {
      cwd: join(root, module),
      quiet: true,
      env,
    });
    const events = output.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
    const ended = (action) => events.filter((event) => event.Test && event.Action === action).length;
    if (code !== 0) {
      console.log(events.map((event) => event.Output ?? '').join('') || output);
    }
    console.log(`go test ${module} ${args.join(' ')}: ${ended('pass')} passed, ${ended('fail')} failed`);
    return { passed: ended('pass'), failed: Math.max(ended('fail'), code === 0 ? 0 : 1) };
  };

/** The relay against the real service with the demo history. */
async function goService() {
  const data = join(tmp, 'relay');
  const service = spawn(
    process.execPath,
    [join(root, 'ingest/bin/joblens.js'), 'serve', '--port', '0', '--data', data],
    { stdio: ['ignore', 'pipe', 'pipe'] }
  );
  const ended = new Promise((resolve) => service.once('exit', () => resolve(undefined)));
  try {
    const said = (stream, pattern) =>
      new Promise((resolve) =>
        createInterface({ input: stream }).on(
          'line',
          (line) => pattern.test(line) && resolve(pattern.exec(line)[1] ?? '')
        )
      );
    const loaded = said(service.stderr, /demo history loaded/);
    const url = await Promise.race([said(service.stdout, /listening on (\S+)/), ended]);
    if (url === undefined || (await Promise.race([loaded, ended])) === undefined) {
      console.error('The service ended before it had its demo history.');
      return { passed: 0, failed: 1 };
    }
    return await goTest('plugin', ['-tags', 'service', './pkg/...'], { JOBLENS_URL: url })();
  } finally {
    service.kill('SIGTERM');
    await ended;
  }
}

const steps = {
  types: check('npm', ['run', '--silent', 'typecheck']),
  lint: check(bin('eslint'), ['.', '--max-warnings', '0']),
  prettier: check(bin('prettier'), ['--check', '--log-level', 'warn', '.']),
  unit: vitest('unit', 'plugin'),
  engine: vitest('engine'),
  vet: check('sh', [
    '-c',
    'test -z "$(gofmt -l plugin/pkg test/compose)" && (cd plugin && go vet ./pkg/...) && cd test/compose && go vet .',
  ]),
  go: goService,
  compose: goTest('test/compose', ['.']),
  browser: vitest('browser'),
};

await install();
await buildService();
await buildPlugin();
await buildPage();
await buildRelay();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in steps));
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(', ')}. There are ${Object.keys(steps).join(', ')}.`);
  process.exit(2);
}
const total = { passed: 0, failed: 0 };
const summary = [];
for (const [name, step] of Object.entries(steps).filter(([name]) => wanted.length === 0 || wanted.includes(name))) {
  console.log(`\n── ${name}`);
  const started = Date.now();
  const { passed, failed } = await step();
  total.passed += passed;
  total.failed += failed;
  summary.push(
    `${name.padEnd(9)} ${String(passed).padStart(4)} passed, ${failed} failed   ${((Date.now() - started) / 1000).toFixed(0)} s`
  );
}
rmSync(tmp, { recursive: true, force: true });
console.log(`\n${summary.join('\n')}\n\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
