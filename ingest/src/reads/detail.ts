import type { AttemptAnswer, StepAnswer } from '../model/answer.js';
import type { Acknowledged, Note } from '../model/event.js';
import type { JsonObject, RunError } from '../model/common.js';
import { parseJson } from '../model/json.js';
import type { RunPlace } from '../query/run-id.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { sql } from '../storage/sql.js';

/** What settlement keeps of a run as JSON, beside its columns. */
export interface RunDetail {
  error: RunError | null;
  counts: JsonObject;
  parent: JsonObject | null;
  called_by: JsonObject | null;
  source: JsonObject;
  metadata: JsonObject;
  data: JsonObject;
  report: JsonObject;
  recommended_actions: string[];
  /** What senders' own formats said, by the format's name. */
  original: JsonObject;
  url: string | null;
  steps: StepAnswer[];
  attempts: AttemptAnswer[];
  notes: Note[];
  acknowledged: Acknowledged | null;
}

const EMPTY: RunDetail = {
  error: null,
  counts: {},
  parent: null,
  called_by: null,
  source: {},
  metadata: {},
  data: {},
  report: {},
  recommended_actions: [],
  original: {},
  url: null,
  steps: [],
  attempts: [],
  notes: [],
  acknowledged: null,
};

export function parseDetail(text: string): RunDetail {
  return text === '' ? EMPTY : { ...EMPTY, ...(parseJson(text) as Partial<RunDetail>) };
}

export async function readDetail(db: ClickHouse, place: RunPlace): Promise<RunDetail> {
  const [row] = await db.rows<{ detail: string }>(sql`SELECT detail FROM runs FINAL WHERE ${place.where}`);
  return parseDetail(row?.detail ?? '');
}
