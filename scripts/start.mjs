// npm start: installs, builds, and runs the service on the embedded engine. Options go on to `joblens serve`.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildPage, buildPlugin, buildService, install, root } from './run.mjs';

await install();
await buildService();
await buildPlugin();
await buildPage();
const child = spawn(process.execPath, [join(root, 'ingest/bin/joblens.js'), 'serve', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => child.kill(signal));
}
child.once('exit', (code) => process.exit(code ?? 1));
