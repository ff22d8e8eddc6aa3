// Builds the relay: `node build.mjs` for this machine, `--all` for every platform that Grafana runs on.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const PLATFORMS = ['linux/amd64', 'linux/arm64', 'linux/arm', 'darwin/amd64', 'darwin/arm64', 'windows/amd64'];

/** This machine as Go names it. */
function hostPlatform() {
  const { status, stdout } = spawnSync('go', ['env', 'GOOS', 'GOARCH'], { encoding: 'utf8' });
  if (status !== 0) {
    console.error('The relay is written in Go: install Go 1.26 or newer, then run this again.');
    process.exit(1);
  }
  return stdout.trim().split('\n').join('/');
}

/** Static and without paths of this machine: the Grafana image may be Alpine. */
function build(platform) {
  const [GOOS, GOARCH] = platform.split('/');
  const file = `dist/datasource/gpx_joblens_history_${GOOS}_${GOARCH}${GOOS === 'windows' ? '.exe' : ''}`;
  const { status } = spawnSync('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', file, './pkg'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, GOOS, GOARCH, CGO_ENABLED: '0' },
  });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
  console.log(`${file.padEnd(60)} ${(statSync(path.join(root, file)).size / 1024 / 1024).toFixed(1)} MB`);
}

for (const platform of process.argv.includes('--all') ? PLATFORMS : [hostPlatform()]) {
  build(platform);
}
