import type { JsonObject } from '../model/common.js';
import { stringifyJson } from '../model/json.js';
import type { WholeRun } from '../reads/whole.js';
import { WORKATO_STREAM } from '../receivers/workato-line.js';
import { toWorkatoFile, toWorkatoLine, type StoredLine } from '../systems/workato.js';
import { objectKey } from './object-key.js';
import type { Target } from './settings.js';

type Line = StoredLine & { seq: number };

/** The name of a run's file. */
export function keyOf(run: WholeRun, tenant: string, { user_id: user, connection }: Target): string {
  const own = run.source['system'] === 'workato' ? run.source['user_id'] : undefined;
  return objectKey(
    {
      user: typeof own === 'string' ? own : (user ?? tenant),
      job: run.job,
      run: run.run,
      at: run.started_at ?? run.at,
      outcome: run.status === 'succeeded' ? 'succeeded' : 'failed',
    },
    connection.prefix
  );
}

/** A run's file, whole. */
export function fileText(run: WholeRun, lines: readonly Line[], { store_lines: withLines }: Target): string {
  const { fields, lines: count } = toWorkatoFile(run);
  if (!withLines) {
    return stringifyJson(withoutLines(fields));
  }
  const kept = lines.filter((line) => belongs(line, count));
  return stringifyJson(kept.length > 0 ? { ...fields, lines: kept.map(toWorkatoLine) } : fields);
}

/** The same, piece by piece, for a run with more lines than should be held at a time. */
export async function* filePieces(run: WholeRun, lines: AsyncIterable<Line>): AsyncGenerator<string> {
  const { fields, lines: count } = toWorkatoFile(run);
  yield `${stringifyJson(withoutLines(fields)).slice(0, -1)},"lines":[`;
  let n = 0;
  for await (const line of lines) {
    if (belongs(line, count)) {
      yield (n > 0 ? ',' : '') + stringifyJson(toWorkatoLine(line, n++));
    }
  }
  yield ']}';
}

/** A file that came again with no line leaves those of the one before. */
const belongs = ({ stream, seq }: Line, count: number | undefined) =>
  stream !== WORKATO_STREAM || count === undefined || seq < count;

function withoutLines({ lines: _lines, ...fields }: JsonObject): JsonObject {
  return fields;
}
