// `npm run grafana`: a Grafana that is already on this machine, with the built plugin, its data source and dashboard,
// pointed at the running service. It keeps its data in a folder of its own, which goes when it stops.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'plugin/dist');
const PLUGINS = ['joblens-history-app', 'joblens-history-datasource', 'joblens-history-panel'];
const service = process.env.JOBLENS_URL ?? 'http://127.0.0.1:8080';
const token = process.env.JOBLENS_READ_TOKEN ?? '';
const anonymous = process.argv.includes('--anonymous');

function fail(...lines) {
  console.error(lines.join('\n'));
  process.exit(1);
}

/** The grafana program of the unpacked release at GRAFANA_HOME. */
function findGrafana() {
  const home = process.env.GRAFANA_HOME;
  const how = [
    'Unpack a release of Grafana 12.3 or newer, then run',
    '',
    '  GRAFANA_HOME=/path/to/grafana npm run grafana',
    '',
    'or, with Docker: docker compose up',
  ];
  if (!home) {
    fail('No Grafana to start: GRAFANA_HOME is not set.', ...how);
  }
  const program = path.join(home, 'bin', process.platform === 'win32' ? 'grafana.exe' : 'grafana');
  if (!existsSync(program)) {
    fail(`There is no Grafana in GRAFANA_HOME: ${program} does not exist.`, ...how);
  }
  return { home: path.resolve(home), program: path.resolve(program) };
}

function npmRun(script) {
  const { status } = spawnSync('npm', ['run', '--silent', script, '-w', 'plugin'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    fail(`The plugin can't be built: "npm run ${script} -w plugin" failed.`);
  }
}

/** Builds what of the plugin is not there yet. */
function ensureBuilt() {
  if (!existsSync(path.join(dist, 'module.js'))) {
    console.log('Building the plugin …');
    npmRun('build');
  }
  if (!readdirSync(path.join(dist, 'datasource')).some((file) => file.startsWith('gpx_joblens_history_'))) {
    console.log("Building the data source's relay, which takes a minute or two the first time …");
    npmRun('build:backend');
  }
}

async function ensureService() {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const answer = await fetch(new URL('/v1/jobs?limit=1', service), { headers }).catch(() => undefined);
  if (!answer) {
    fail(
      `No Joblens service answers at ${service}.`,
      'Start it in another terminal with "npm start", or set JOBLENS_URL.'
    );
  }
  if (!answer.ok) {
    fail(
      `The Joblens service at ${service} answers ${answer.status}.`,
      answer.status === 401 || answer.status === 403
        ? 'Set JOBLENS_READ_TOKEN to a token with the scope read.'
        : 'Is JOBLENS_URL the address of a Joblens service?'
    );
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(Number(process.env.GRAFANA_PORT ?? 0), '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Everything goes in by environment, so that the release's own files stay as they are. */
function settings(folder, port, password) {
  const plugins = path.join(folder, 'plugins');
  mkdirSync(plugins, { recursive: true });
  symlinkSync(dist, path.join(plugins, PLUGINS[0]), process.platform === 'win32' ? 'junction' : 'dir');
  return {
    GF_PATHS_DATA: path.join(folder, 'data'),
    GF_PATHS_LOGS: path.join(folder, 'logs'),
    GF_PATHS_PLUGINS: plugins,
    GF_PATHS_PROVISIONING: path.join(root, 'provisioning'),
    GF_SERVER_HTTP_ADDR: '127.0.0.1',
    GF_SERVER_HTTP_PORT: String(port),
    GF_SECURITY_ADMIN_PASSWORD: password,
    GF_AUTH_ANONYMOUS_ENABLED: String(anonymous),
    GF_AUTH_ANONYMOUS_ORG_ROLE: 'Viewer',
    GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS: PLUGINS.join(','),
    GF_PLUGINS_PREINSTALL_DISABLED: 'true',
    GF_ANALYTICS_REPORTING_ENABLED: 'false',
    GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
    GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
    GF_NEWS_NEWS_FEED_ENABLED: 'false',
    GF_LOG_LEVEL: 'info',
    JOBLENS_URL: service,
    JOBLENS_READ_TOKEN: token,
    JOBLENS_DASHBOARDS: path.join(dist, 'dashboards'),
  };
}

async function untilReady(address, isStopped) {
  for (let waited = 0; waited < 120_000 && !isStopped(); waited += 500) {
    const answer = await fetch(`${address}/api/health`).catch(() => undefined);
    if (answer?.ok) {
      return true;
    }
    await sleep(500);
  }
  return false;
}

async function main() {
  const { home, program } = findGrafana();
  await ensureService();
  ensureBuilt();
  const port = await freePort().catch((error) => fail(`GRAFANA_PORT can't be used: ${error.message}`));
  const password = process.env.GRAFANA_PASSWORD ?? randomBytes(9).toString('base64url');
  const folder = mkdtempSync(path.join(tmpdir(), 'joblens-grafana-'));
  const logFile = path.join(folder, 'grafana.log');
  const log = createWriteStream(logFile);

  const grafana = spawn(program, ['server', '--homepath', home], {
    env: { ...process.env, ...settings(folder, port, password) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  grafana.stdout.pipe(log);
  grafana.stderr.pipe(log);
  let stopped = false;
  const exit = new Promise((resolve) => {
    grafana.once('error', (error) => resolve(error.message));
    grafana.once('exit', (code, signal) => resolve(signal ?? `exit status ${code}`));
  }).finally(() => (stopped = true));
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      asked = true;
      grafana.kill('SIGTERM');
    });
  }

  const address = `http://127.0.0.1:${port}`;
  console.log(`Starting Grafana from ${home} …`);
  if (await untilReady(address, () => stopped)) {
    console.log(
      [
        '',
        `  Grafana      ${address}`,
        `  Dashboard    ${address}/d/joblens-overview`,
        `  Sign in      admin / ${password}${anonymous ? '   (viewers need not)' : ''}`,
        `  Joblens      ${service}`,
        `  Log          ${logFile}`,
        '',
        'Ctrl+C stops it.',
      ].join('\n')
    );
  } else if (!stopped) {
    console.error('Grafana did not become ready within two minutes.');
    grafana.kill('SIGTERM');
  }

  const how = await exit;
  if (asked) {
    rmSync(folder, { recursive: true, force: true });
    return;
  }
  const tail = existsSync(logFile) ? readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-20) : [];
  fail(`Grafana stopped by itself (${how}). The last lines of ${logFile}:`, ...tail);
}

await main();
