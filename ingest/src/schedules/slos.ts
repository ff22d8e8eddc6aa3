import { z } from 'zod';
import { filterSchema, type Filter } from '../model/question.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { readSetting } from '../storage/settings.js';

const sloSchema = z.object({
  id: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'expected 1 to 64 letters, digits, dots, dashes or underscores'),
  name: z.string().min(1).max(200),
  /** The share of runs that is to succeed. */
  target: z.number().gt(0, 'expected more than 0').lt(1, 'expected less than 1, such as 0.99'),
  window_days: z.number().int().min(1).max(365).default(28),
  owner: z.string().max(200).default(''),
  /** Which runs it is about; none means all. */
  filters: z.array(filterSchema).max(20).default([]),
});
export type Slo = z.infer<typeof sloSchema>;

/** Service level objectives: `GET` and `PUT /v1/slos`, whole. */
export const slosSchema = z.object({
  slos: z
    .array(sloSchema)
    .max(200)
    .refine((slos) => new Set(slos.map(({ id }) => id)).size === slos.length, 'expected every id once'),
});

export async function readSlos(db: ClickHouse, tenant: string): Promise<Slo[]> {
  return (await readSetting(db, tenant, 'slos', slosSchema))?.slos ?? [];
}

/** The one job that an objective is about; empty for one over many. */
export const jobOf = (slo: Slo) => onlyValue(slo, 'job');

/** What a field is to be in an objective's runs; empty where its filters leave that open. */
export function onlyValue({ filters }: Slo, field: Filter['field']): string {
  const [only, ...more] = filters.filter((filter) => filter.field === field && filter.op === '=');
  return only && more.length === 0 && typeof only.value === 'string' ? only.value : '';
}
