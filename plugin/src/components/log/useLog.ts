import { toLines, type RunAnswer } from '../client/answers';
import { useJobHistory } from '../JobHistoryContext';
import { levelsOf } from './levels';
import type { FetchLines } from './LineStore';
import type { LogLines } from './LogLines';
import { onlyNewLines, useNewLines } from './newLines';
import { useFilteredLog } from './useFilteredLog';
import { useWholeLog } from './useWholeLog';

/** The lines of a run as the URL narrows them. */
export function useLog(run: RunAnswer): LogLines {
  const { client, location } = useJobHistory();
  const { levels, find } = location.state;
  const newLines = useNewLines();
  const filtered = levelsOf(levels).length > 0 || find !== '';
  const fetchLines =
    (filters: { level?: string[]; q?: string }): FetchLines =>
    ({ fromLine, limit }) =>
      client.get('v1/run/lines', { key: run.key, from_line: fromLine, limit, ...filters }).then(toLines);

  const subject = `${client.id} ${run.key}`;
  const whole = useWholeLog(subject, run.log.lines, fetchLines({}), !filtered);
  const narrowed = useFilteredLog(
    `${subject} ${levels.join()} ${find}`,
    run.log.lines,
    fetchLines({ level: levelsOf(levels), q: find || undefined }),
    filtered
  );
  if (filtered) {
    return narrowed;
  }
  return newLines && levels.includes('new') ? onlyNewLines(whole, newLines) : whole;
}
