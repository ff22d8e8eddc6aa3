import { Random } from '../random.js';
import type { RecordSpec, Telling } from '../types.js';

export const CUSTOMER_TABLES = [
  'customers',
  'customer_addresses',
  'customer_contacts',
  'customer_groups',
  'consents',
  'loyalty_accounts',
  'credit_limits',
  'payment_terms',
  'sales_regions',
  'account_managers',
] as const satisfies [string, ...string[]];

const CATALOG_TABLES = ['products', 'prices', 'product_texts', 'media', 'categories'] as const;
const FAILURES = [
  ['value too long for type character varying(18)', 'vat_id'],
  ['null value in column "country" violates not-null constraint', 'country'],
  ['insert or update violates foreign key constraint "customer_group_fk"', 'group_id'],
  ['invalid byte sequence for encoding "UTF8": 0xe4 0x6e 0x64', 'name'],
] as const;

export function customerRecords(run: Telling): RecordSpec[] {
  return [...tables(run, CUSTOMER_TABLES), ...rows(run, CUSTOMER_TABLES.slice(0, 4), 184_000)];
}

export function catalogRecords(run: Telling): RecordSpec[] {
  return [...tables(run, CATALOG_TABLES), ...rows(run, CATALOG_TABLES, 5_200_000)];
}

/** The metadata phase: what became of each table's schema. */
function tables(run: Telling, names: readonly string[]): RecordSpec[] {
  return names.map((table, index) => ({
    phase: 'metadata',
    outcome: 'success',
    key: `public.${table}`,
    message: run.dice % 41 === index ? 'column added: updated_by' : 'no change',
    data: { table, columns: 8 + (table.length % 5) * 6, indexes: 1 + (table.length % 3) },
  }));
}

/** The data phase: one record for each row that changed. Drawn from the run alone, so that it can be told twice. */
function rows(run: Telling, names: readonly string[], firstId: number): RecordSpec[] {
  const random = Random.for(run.dice, run.run);
  return Array.from({ length: run.volume }, (_, index) => {
    const table = names[index % names.length];
    const id = firstId + ((run.dice * 13 + index * 37) % 90_000);
    const key = `${table}:${id}`;
    if (index < run.failures) {
      const [message, column] = FAILURES[(run.dice + index) % FAILURES.length] ?? FAILURES[0];
      return { phase: 'data', outcome: 'failure', key, message, data: { table, id, column } };
    }
    const op = random.chance(0.7) ? 'update' : random.chance(0.8) ? 'insert' : 'delete';
    return { phase: 'data', outcome: 'success', key, data: { table, id, op, version: random.int(1, 40) } };
  });
}
