// Packs the built plugin with the relay for every platform: joblens-history-app-<version>.zip, ready to be signed.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { problemsIn } from './checkDist.mjs';

const ID = 'joblens-history-app';
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const archive = path.join(root, `${ID}-${version}.zip`);

const problems = problemsIn(path.join(root, 'dist'));
if (problems.length > 0) {
  console.error(`The plugin in dist/ can't be packed:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
  process.exit(1);
}

const folder = mkdtempSync(path.join(tmpdir(), 'joblens-package-'));
try {
  cpSync(path.join(root, 'dist'), path.join(folder, ID), { recursive: true });
  rmSync(archive, { force: true });
  // `zip` keeps the relay executable, which Grafana needs.
  const { status, error } = spawnSync('zip', ['-qr', '-9', archive, ID], { cwd: folder, stdio: 'inherit' });
  if (error || status !== 0) {
    console.error('The plugin could not be packed: is the program "zip" installed?');
    process.exitCode = 1;
  } else {
    console.log(archive);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
