import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(fileURLToPath(import.meta.url));
const outdir = join(root, 'dist');

// Splitting keeps `exec` quick to start: each command loads only what it needs.
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { cli: 'src/cli/main.ts', engine: 'src/engine/process.ts', settler: 'src/storage/settler-thread.ts' },
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  metafile: true,
  logLevel: 'warning',
});

const built = new Set(Object.keys(metafile.outputs).map((path) => basename(path)));
for (const file of readdirSync(outdir).filter((name) => /\.js(\.map)?$/.test(name) && !built.has(name))) {
  rmSync(join(outdir, file), { force: true });
}
