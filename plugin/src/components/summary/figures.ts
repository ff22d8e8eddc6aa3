import type { RunAnswer } from '../client/answers';
import { countOf, groupOf, PHASES, type Phase } from '../model/recordGroups';

/** What a run, or one phase of it, came to. */
export interface Figures {
  success: number;
  failure: number;
  total: number;
}

/** What a run handled, over both phases or one of them. */
export function figuresOf(run: RunAnswer, phases: readonly Phase[] = PHASES): Figures {
  const count = (outcome: 'success' | 'failure') =>
    phases.reduce((sum, phase) => {
      const group = groupOf({ phase, outcome });
      return sum + (group ? countOf(run, group) : 0);
    }, 0);
  const [success, failure] = [count('success'), count('failure')];
  return { success, failure, total: success + failure };
}

/** Records per second over the whole run; undefined where it handled none, or took no known time. */
export function throughputOf(run: RunAnswer): number | undefined {
  const { total } = figuresOf(run);
  return total > 0 && run.duration_ms !== null && run.duration_ms > 0 ? total / (run.duration_ms / 1000) : undefined;
}
