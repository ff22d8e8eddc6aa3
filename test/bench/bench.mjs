// npm run bench: what goes in and what comes out, each beside what the engine itself does with the same bytes, in one run.
// Options: --lines 1000000 --runs 100000 --records 1000000 --seconds 20 --store 1000000 --store-lines 10000000 --json FILE;
// a part of 0 is left out. The large form: --store 10000000 --store-lines 100000000
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { latency } from './latency.mjs';
import { lines } from './lines.mjs';
import { questions } from './questions.mjs';
import { records } from './records.mjs';
import { runs } from './runs.mjs';
import { startEmpty, startFull } from './start.mjs';
import { startService } from './support.mjs';

const number = (byDefault) => ({ type: 'string', default: String(byDefault) });
const { values } = parseArgs({
  options: {
    lines: number(1_000_000),
    runs: number(100_000),
    records: number(1_000_000),
    seconds: number(20),
    store: number(1_000_000),
    'store-lines': number(10_000_000),
    json: { type: 'string' },
  },
});
const option = (name) => Number(values[name]);
const results = {
  machine: `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
  date: new Date().toISOString(),
  load: loadavg()[0],
};
console.log(`${results.machine}; load ${results.load.toFixed(1)} before\n`);
results.startEmpty = await startEmpty();
const data = mkdtempSync(join(tmpdir(), 'joblens-bench-'));
let service = await startService(data);
const part = async (name, count, work) => {
  if (count > 0) {
    console.log('');
    results[name] = await work();
  }
};

try {
  await part('lines', option('lines'), () => lines(service, option('lines')));
  await part('latency', results.lines ? option('seconds') : 0, () =>
    latency(service, {
      seconds: option('seconds'),
      linesPerSecond: results.lines.storedPerSecond / 2,
      batch: results.lines.perBody,
    })
  );
  await part('smallRequests', results.lines ? option('seconds') : 0, () =>
    latency(service, { seconds: option('seconds'), linesPerSecond: 100_000, batch: 500 })
  );
  await part('runs', option('runs'), () => runs(service, option('runs')));
  await part('records', option('records'), () => records(service, option('records')));
  await part('questions', option('store'), () =>
    questions(service, { runs: option('store'), lines: option('store-lines') })
  );
  await part('startFull', option('store'), async () => {
    await service.stop();
    const { service: again, took } = await startFull(data, option('store'));
    service = again;
    return took;
  });
  if (values.json) {
    writeFileSync(values.json, JSON.stringify(results, null, 2));
  }
} finally {
  await service.stop();
  rmSync(data, { recursive: true, force: true });
}
