import type { RunEvent } from '../model/event.js';
import { stringifyJson } from '../model/json.js';
import type { PreparedLine } from '../model/line.js';
import type { Part } from './write.js';

/**
 * Run events as a segment keeps them: what ClickHouse reads, a tab, which JSON never holds, and the body, which it
 * keeps as it stands.
 */
export function eventsPart(events: readonly RunEvent[]): Part {
  return part(
    'events',
    events.map(
      ({ job, run, attempt, rank, time, hash, body }) =>
        `${JSON.stringify({ job, run, attempt, rank, time, hash })}\t${stringifyJson(body)}\n`
    )
  );
}

export function linesPart(lines: readonly PreparedLine[]): Part {
  return part(
    'prepared',
    lines.map((line) => `${JSON.stringify(line)}\n`)
  );
}

/** Records as `POST /v1/records` takes them. */
export function recordsPart(records: readonly object[]): Part {
  return part(
    'records',
    records.map((record) => `${stringifyJson(record)}\n`)
  );
}

function part(kind: Part['kind'], lines: readonly string[]): Part {
  const bytes = Buffer.from(lines.join(''));
  return { kind, chunks: [bytes], bytes: bytes.length, rows: lines.length };
}
