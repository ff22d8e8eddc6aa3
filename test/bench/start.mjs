import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ms, row, startService, textOf } from './support.mjs';

/** How long until the service takes writes on an empty store. */
export async function startEmpty() {
  const data = mkdtempSync(join(tmpdir(), 'joblens-bench-empty-'));
  try {
    const service = await startService(data);
    await service.stop();
    row('start on an empty store', ms(service.started));
    return service.started;
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

/** How long until the service gives its first answer on a store that is full. */
export async function startFull(data, runs) {
  const begun = performance.now();
  const service = await startService(data);
  await textOf(`${service.url}/v1/runs?limit=100`);
  const took = performance.now() - begun;
  row(`start on ${runs} runs, to the first answer`, ms(took));
  return { service, took };
}
