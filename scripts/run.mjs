import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Runs a command in the project's folder; resolves with its exit status and, where it is caught, what it printed. */
export function run(command, args, { env = {}, quiet = false, cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      env: { ...process.env, ...env },
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => resolve({ code: 127, output: error.message }));
    child.once('exit', (code, signal) => resolve({ code: code ?? 128, output, signal }));
  });
}

/** Installs what package-lock.json says, unless it is there already. */
export async function install() {
  const lock = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules/.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) {
    return;
  }
  // Not npm ci: the lock may lack optional packages of another platform, and npm ci then refuses it as a whole.
  console.log('installing packages …');
  const { code } = await run('npm', ['install', '--no-audit', '--no-fund']);
  if (code !== 0) {
    console.error('npm install failed; its words are above. It needs Node 20.19 or newer and a package registry.');
    process.exit(code);
  }
}

/** Builds a part of the project where one of its sources is newer than what was built. */
export async function build(what, sources, output, args) {
  // Bundlers leave a file alone that comes out the same: a stamp says when it was last looked at.
  const stamp = join(root, 'node_modules/.cache/joblens', `${what.replaceAll(' ', '-')}.built`);
  if (existsSync(join(root, output)) && existsSync(stamp) && newest(sources) <= statSync(stamp).mtimeMs) {
    return;
  }
  console.log(`building ${what} …`);
  const started = Date.now();
  const { code, output: words } = await run('npm', ['run', '--silent', ...args], { quiet: true });
  if (code !== 0) {
    console.error(`Building ${what} failed:\n${words}`);
    process.exit(code);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
  console.log(`built ${what} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

export const buildService = () =>
  build('the service', ['ingest/src', 'ingest/build.mjs', 'ingest/package.json'], 'ingest/dist/cli.js', [
    'build',
    '-w',
    'ingest',
  ]);
export const buildPlugin = () =>
  build(
    'the panel and the data source',
    ['plugin/src', 'plugin/.config', 'ingest/src/model', 'plugin/package.json'],
    'plugin/dist/module.js',
    ['build:plugin', '-w', 'plugin']
  );
export const buildPage = () =>
  build(
    'the page',
    ['plugin/src', 'plugin/.config', 'ingest/src/model', 'plugin/package.json'],
    'plugin/dist-page/index.html',
    ['build:page', '-w', 'plugin']
  );
/** Needs Go, which Grafana's alerting needs and the page does without. Go knows itself what is up to date. */
export async function buildRelay() {
  const { code, output } = await run('npm', ['run', '--silent', 'build:backend', '-w', 'plugin'], { quiet: true });
  if (code !== 0) {
    console.error(`Building the relay failed:\n${output}`);
    process.exit(code);
  }
}

function newest(paths) {
  return Math.max(0, ...paths.map((path) => newestIn(join(root, path))));
}

function newestIn(path) {
  if (!existsSync(path)) {
    return 0;
  }
  const stats = statSync(path);
  return stats.isDirectory()
    ? Math.max(
        0,
        ...readdirSync(path)
          .filter((name) => name !== 'node_modules' && name !== 'dist')
          .map((name) => newestIn(join(path, name)))
      )
    : stats.mtimeMs;
}
