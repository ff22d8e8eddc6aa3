import type { Answer } from '../../components/hooks/useAnswer';
import type { RunField } from '../../components/client/types';
import { useChoice, useParam } from '../common/useParam';
import { useQuestion } from '../common/useQuestion';
import { MEASURES, readTrends, type Measure, type TrendRow } from './trends';

export const PERIODS = ['day', 'week', 'month'] as const;
export type PeriodName = (typeof PERIODS)[number];

const GROUPS = 50;

export interface TrendChoice {
  period: PeriodName;
  /** "" for everything together. */
  group: string;
  measure: Measure;
}

/** What the URL asks of the trends. */
export function useTrendChoice(): TrendChoice {
  const [period] = useChoice('period', PERIODS);
  const [group] = useParam('group');
  const [measure] = useChoice('measure', MEASURES);
  return { period, group, measure };
}

export function useTrends({ period, group }: TrendChoice): Answer<TrendRow[]> {
  return useQuestion(
    { question: 'trends', period, groupBy: group === '' ? undefined : [group as RunField], limit: GROUPS },
    ([frame]) => readTrends(frame, group === '' ? undefined : group.replace(/^tag:/, ''))
  );
}
