import { DEEPEST, ExactNumber, isTooDeep, parseJson, stringifyJson } from '../model/json.js';
import type { Segment } from '../spool/segment.js';
import type { ClickHouse } from './clickhouse.js';
import type { Redaction } from './redact.js';
import { p, sql } from './sql.js';
import { insertPrepared, UNREADABLE_NUMBER } from './ways-in.js';

interface SetAside {
  /** From the segment's first row; below 0 where an earlier process, which counted from another number, set it aside. */
  row: number;
  line: string;
}

const AT_ONCE = 20_000;

/** Takes lines and records with numbers that ClickHouse can't read apart in JavaScript, and out of quarantine. */
export async function mendNumbers(db: ClickHouse, segment: Segment, redaction: Redaction): Promise<void> {
  const those = sql`tenant = ${p.string(segment.tenant)} AND segment = ${p.string(segment.id)} AND reason = ${p.string(UNREADABLE_NUMBER)}`;
  for (let after = '-1', more = true; more;) {
    const found = await db.rows<SetAside & { arrival: string }>(
      sql`SELECT toInt64(rejected.arrival) - ${p.int(segment.arrival)} AS row, toString(rejected.arrival) AS arrival, line FROM rejected
        WHERE ${those} AND toInt64(rejected.arrival) > ${p.int(Number(after))} ORDER BY rejected.arrival LIMIT ${p.int(AT_ONCE)}`
    );
    if (found.length > 0) {
      await insertPrepared(db, segment, redaction, found.map(prepare), `${segment.id}-again-${after}`);
    }
    after = found.at(-1)?.arrival ?? after;
    more = found.length === AT_ONCE;
  }
  await db.deleteFrom('rejected', those);
}

/** Fields of a line or record that hold JSON; all others are text. */
const JSON_FIELDS = new Set(['input', 'output', 'data']);
const KNOWN = new Set(
  ['job', 'run', 'attempt', 'time', 'seq', 'level', 'message', 'stream', 'step', 'operation', 'masked'].concat([
    'phase',
    'outcome',
    'key',
    ...JSON_FIELDS,
  ])
);

function prepare({ row, line }: SetAside): object {
  const value = tryParse(line);
  if (value === undefined) {
    return { row, line, reason: 'not valid JSON in UTF-8' };
  }
  if (isTooDeep(line)) {
    return { row, line, reason: `nested too deeply: ${DEEPEST} levels are the limit` };
  }
  const entries = Object.entries(value).filter(([, field]) => field !== null);
  const known = entries.filter(([name]) => KNOWN.has(name));
  const others = entries.filter(([name]) => !KNOWN.has(name) && name !== 'fields');
  const fields = { ...Object.fromEntries(others), ...asObject(value['fields']) };
  return {
    ...Object.fromEntries(known.map(([name, field]) => [name, asColumn(name, field)])),
    ...(Object.keys(fields).length > 0 ? { fields: stringifyJson(fields) } : {}),
    row,
    line,
  };
}

function tryParse(text: string): Record<string, unknown> | undefined {
  try {
    const value = parseJson(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function asObject(fields: unknown): object {
  const isObject = typeof fields === 'object' && fields !== null && !Array.isArray(fields);
  return isObject && !(fields instanceof ExactNumber)
    ? fields
    : fields === undefined || fields === null
      ? {}
      : { value: fields };
}

function asColumn(name: string, value: unknown): unknown {
  const asItIs = name === 'attempt' || name === 'seq' || name === 'masked';
  return asItIs || (typeof value === 'string' && !JSON_FIELDS.has(name)) ? value : stringifyJson(value);
}
