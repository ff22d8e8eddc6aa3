import { rangeUtil } from '@grafana/data';
import { map } from 'rxjs';
import { FAILURE_STATUSES } from '../../../../ingest/src/model/words';
import { readNumber, readNumbers, readSeries, type Series } from '../client/frames';
import type { Answers, Question } from '../client/types';
import { useAnswer, type Answer } from '../hooks/useAnswer';
import { useJobHistory } from '../JobHistoryContext';
import { statusFilter, toFilters } from '../model/filters';
import { toRunRows, type RunRow } from '../model/run';
import { isStatus, type Status } from '../model/status';
import type { HistoryState } from '../model/urlState';

/** The figures of one period. Rates 0 to 1, durations in milliseconds; undefined where there is no data. */
export interface Figures {
  rate?: number;
  p50?: number;
  p95?: number;
  counts: ReadonlyMap<Status, number>;
  total: number;
}

export interface Overview {
  now: Figures;
  before: Figures;
  runsOverTime: Series[];
  durationsOverTime: Series[];
  latestFailure?: RunRow;
}

/** About how many bars and points the charts have. */
const BUCKETS = 60;

/** The figures and charts above the list. They follow every filter but the one on status, which only narrows the list. */
export function useOverview(): Answer<Overview> {
  const { client, range, refresh, location } = useJobHistory();
  const questions = toQuestions(location.state);
  const interval = rangeUtil.calculateInterval(range, BUCKETS);
  return useAnswer(
    () =>
      client
        .ask(questions, { range, intervalMs: interval.intervalMs, maxDataPoints: BUCKETS * 2 })
        .pipe(map(toOverview)),
    `${client.id} ${JSON.stringify(questions)} ${JSON.stringify(range.raw)}`,
    refresh
  );
}

function toQuestions(state: HistoryState): Question[] {
  const common = { filters: toFilters(state), search: state.search || undefined };
  const previous = { shift: 'previous' as const };
  const counts = { ...common, question: 'counts' as const, groupBy: ['status' as const] };
  const rate = { ...common, question: 'rate' as const, format: 'numeric' as const };
  const duration = { ...common, question: 'duration' as const, stats: ['p50', 'p95'] };
  return [
    { ...counts, refId: 'counts', format: 'numeric' },
    { ...counts, ...previous, refId: 'countsBefore', format: 'numeric' },
    { ...rate, refId: 'rate' },
    { ...rate, ...previous, refId: 'rateBefore' },
    { ...duration, refId: 'duration', format: 'numeric' },
    { ...duration, ...previous, refId: 'durationBefore', format: 'numeric' },
    { ...counts, refId: 'runsOverTime', format: 'timeseries' },
    { ...duration, refId: 'durationsOverTime', format: 'timeseries' },
    {
      ...common,
      refId: 'latestFailure',
      question: 'runs',
      limit: 1,
      filters: [...common.filters, ...statusFilter(FAILURE_STATUSES)],
    },
  ];
}

function toOverview(answers: Answers): Overview {
  return {
    now: toFigures(answers, ''),
    before: toFigures(answers, 'Before'),
    runsOverTime: readSeries(answers.get('runsOverTime'), 'status'),
    durationsOverTime: readSeries(answers.get('durationsOverTime'), 'stat'),
    latestFailure: toRunRows(answers.get('latestFailure')?.[0])[0],
  };
}

function toFigures(answers: Answers, period: '' | 'Before'): Figures {
  const counts = new Map(
    readNumbers(answers.get(`counts${period}`)).flatMap(({ labels, value }) =>
      isStatus(labels.status) && value > 0 ? [[labels.status, value] as const] : []
    )
  );
  const durations = answers.get(`duration${period}`);
  return {
    rate: readNumber(answers.get(`rate${period}`)),
    p50: readNumber(durations, { stat: 'p50' }),
    p95: readNumber(durations, { stat: 'p95' }),
    counts,
    total: [...counts.values()].reduce((sum, count) => sum + count, 0),
  };
}
