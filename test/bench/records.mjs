import { drained, ms, perSecond, post, row, textOf, timed } from './support.mjs';

const RUN = '/v1/run/records?job=bench-records&run=1';

/** NDJSON bodies of fifty thousand records of one run: 1 % metadata, one failure in five thousand. */
function recordBodies(count) {
  return Array.from({ length: Math.ceil(count / 50_000) }, (_, body) =>
    Buffer.from(
      Array.from({ length: Math.min(50_000, count - body * 50_000) }, (_, i) => {
        const n = body * 50_000 + i;
        const failed = n % 5000 === 4999;
        return JSON.stringify({
          job: 'bench-records',
          run: '1',
          phase: n % 100 ? 'data' : 'metadata',
          outcome: failed ? 'failure' : 'success',
          // Keys come in no order, as those of a replication by several workers do.
          key: `order-${String((n * 7919) % count).padStart(7, '0')}`,
          message: failed ? `duplicate key value violates unique constraint "orders_pkey" (${n})` : 'replicated',
          data: { id: n, customer: `customer ${n % 1000}`, amount: n / 100 },
        });
      }).join('\n')
    )
  );
}

/** What a person opens of such a run: name and path. */
const RECORD_PAGES = [
  ['first page', RUN],
  ['SuccessRecords', `${RUN}&phase=data&outcome=success`],
  ['FailedRecords, 0.02 % of them', `${RUN}&phase=data&outcome=failure`],
  ['MetaFailure, none', `${RUN}&phase=metadata&outcome=failure`],
  ['a key', `${RUN}&q=order-0999999`],
  ['a word of 0.02 % of the messages', `${RUN}&q=unique`],
  ['a word that is nowhere', `${RUN}&q=nowhere`],
  ['the run itself', '/v1/run?job=bench-records&run=1'],
];

/** A million records of one run, and a person who opens it. */
export async function records({ url }, count) {
  console.log(`records of one run, ${count}; pages of 100, median and p95 of 9`);
  const bodies = recordBodies(count);
  const started = performance.now();
  await post(url, '/v1/records', bodies, 2);
  await drained(url);
  const result = { count, storedPerSecond: (count / (performance.now() - started)) * 1000, pages: {} };
  row('stored and settled', perSecond(result.storedPerSecond));
  for (const [name, path] of RECORD_PAGES) {
    const took = await timed(() => textOf(`${url}${path}`));
    result.pages[name] = took;
    row(name, ms(took.median), ms(took.p95));
  }
  return result;
}
