import type { RunField } from '../../components/client/types';
import { readRows } from '../../components/client/frames';
import type { Answer } from '../../components/hooks/useAnswer';
import { toNumber, toText } from '../../components/model/narrow';
import { useChoice } from '../common/useParam';
import { useQuestion } from '../common/useQuestion';
import type { Measure } from './trends';

export const CHANGE_MEASURES = ['p50', 'p95', 'mean', 'total', 'success_rate'] as const satisfies readonly Measure[];
export type ChangeMeasure = (typeof CHANGE_MEASURES)[number];
export type Direction = 'worse' | 'better';

/** A group that moved. `change` is a share of before; of a success rate it is the difference. */
export interface Change {
  name: string;
  now?: number;
  before?: number;
  change: number;
  runs: number;
  runsBefore: number;
}

interface Moved {
  rows: Change[];
  /** When the first run of all began; undefined where there is none. */
  oldest: number | undefined;
}

export interface Changes {
  measure: ChangeMeasure;
  /** What the groups are: a field, each job where nothing else is chosen. */
  group: string;
  worse: Answer<Moved>;
  better: Answer<Moved>;
}

const MOST = 10;

/** What changed most against the time before of the same length, in the measure that the URL names. */
export function useChanges(chosenGroup: string): Changes {
  const [measure] = useChoice('by', CHANGE_MEASURES);
  const group = chosenGroup === '' ? 'job' : chosenGroup;
  return {
    measure,
    group,
    worse: useDirection(measure, group, 'worse'),
    better: useDirection(measure, group, 'better'),
  };
}

function useDirection(measure: ChangeMeasure, group: string, direction: Direction): Answer<Moved> {
  const column = group.replace(/^tag:/, '');
  return useQuestion(
    { question: 'changes', measure, direction, groupBy: [group as RunField], limit: MOST },
    ([frame]) => ({
      oldest: toNumber(frame?.meta?.custom?.oldest),
      rows: readRows(frame).map((row) => ({
        name: toText(row(column)) ?? '',
        now: toNumber(row('now')),
        before: toNumber(row('before')),
        change: toNumber(row('change')) ?? 0,
        runs: toNumber(row('runs')) ?? 0,
        runsBefore: toNumber(row('runs_before')) ?? 0,
      })),
    })
  );
}
