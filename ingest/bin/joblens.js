#!/usr/bin/env node
import { existsSync } from 'node:fs';

const bundle = new URL('../dist/cli.js', import.meta.url);
if (!existsSync(bundle)) {
  process.stderr.write('joblens: not built yet. Run `npm run build -w ingest` first (`npm start` does it too).\n');
  process.exit(1);
}
await import(bundle.href);
