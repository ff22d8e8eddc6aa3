import { toLines, type RunAnswer } from '../client/answers';
import { useJobHistory } from '../JobHistoryContext';
import { levelsOf } from './levels';
import type { FetchLines } from './LineStore';
import type { LogLines } from './LogLines';
import { onlyNewLines, useNewLines } from './newLines';
import { useFilteredLog } from './useFilteredLog';
import { useWholeLog } from './useWholeLog';

interface Log {
  /** The lines to show. */
  lines: LogLines;
  /** Those that hold what was searched for. */
  matches?: LogLines;
}

/** The lines of a run as the URL narrows them. */
export function useLog(run: RunAnswer): Log {
  const { client, location } = useJobHistory();
  const { levels, find, around } = location.state;
  const newLines = useNewLines();
  const filtered = levelsOf(levels).length > 0 || find !== '';
  const showsAll = !filtered || (around && find !== '');
  const fetchLines =
    (filters: { level?: string[]; q?: string }): FetchLines =>
    ({ fromLine, limit }) =>
      client.get('v1/run/lines', { key: run.key, from_line: fromLine, limit, ...filters }).then(toLines);

  const subject = `${client.id} ${run.key}`;
  const whole = useWholeLog(subject, run.log.lines, fetchLines({}), showsAll);
  const narrowed = useFilteredLog(
    `${subject} ${levels.join()} ${find}`,
    run.log.lines,
    fetchLines({ level: levelsOf(levels), q: find || undefined }),
    filtered
  );
  const matches = find === '' ? undefined : narrowed;
  if (!showsAll) {
    return { lines: narrowed, matches };
  }
  return { lines: newLines && levels.includes('new') && !matches ? onlyNewLines(whole, newLines) : whole, matches };
}
