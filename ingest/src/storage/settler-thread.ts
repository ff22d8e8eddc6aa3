import { parentPort, workerData } from 'node:worker_threads';
import { openClickHouse, type ClickHouseOptions } from './clickhouse.js';
import { settle } from './settle.js';
import type { Answer, Question } from './settler.js';

/** The thread in which runs are settled, for as long as the service lives. */
const db = openClickHouse(workerData as ClickHouseOptions);
const tell = (answer: Answer) => parentPort?.postMessage(answer);

parentPort?.on('message', ({ id, tenant, segments }: Question) => {
  settle(db, tenant, segments).then(
    (settled) => tell({ id, ...settled }),
    (error: unknown) => tell({ id, error: error instanceof Error ? error.message : String(error) })
  );
});
