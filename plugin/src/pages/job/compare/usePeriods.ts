import { map } from 'rxjs';
import { readNumber, readNumbers } from '../../../components/client/frames';
import type { Answers, Question } from '../../../components/client/types';
import { useAnswer, type Answer } from '../../../components/hooks/useAnswer';
import { useJobHistory } from '../../../components/JobHistoryContext';
import { isStatus, type Status } from '../../../components/model/status';
import { readFailures, type Failure } from '../../failures/failures';

export const STATS = ['mean', 'p50', 'p95', 'p99', 'max'] as const;
export type Stat = (typeof STATS)[number];

/** What a time was like. Rates 0 to 1, durations of succeeded runs in milliseconds; undefined where nothing is known. */
export interface Period {
  runs: number;
  counts: ReadonlyMap<Status, number>;
  successRate?: number;
  durations: Partial<Record<Stat, number>>;
  failures: Failure[];
}

export interface Periods {
  now: Period;
  before: Period;
}

const FAILURES = 200;
const BEFORE = 'Before';

/** The range, and the time of the same length before it. */
export function usePeriods(): Answer<Periods> {
  const { client, range, refresh } = useJobHistory();
  const questions = [...questionsOf(''), ...questionsOf(BEFORE)];
  return useAnswer(
    () =>
      client
        .ask(questions, { range })
        .pipe(map((answers) => ({ now: readPeriod(answers, ''), before: readPeriod(answers, BEFORE) }))),
    `${client.id} periods ${JSON.stringify(range.raw)}`,
    refresh
  );
}

type Which = '' | typeof BEFORE;

function questionsOf(which: Which): Question[] {
  const shift = which === BEFORE ? { shift: 'previous' as const } : {};
  return [
    { ...shift, refId: `counts${which}`, question: 'counts', groupBy: ['status'], format: 'numeric' },
    { ...shift, refId: `rate${which}`, question: 'rate', format: 'numeric' },
    { ...shift, refId: `durations${which}`, question: 'duration', stats: [...STATS], format: 'numeric' },
    { ...shift, refId: `failures${which}`, question: 'failures', limit: FAILURES },
  ];
}

function readPeriod(answers: Answers, which: Which): Period {
  const counts = readNumbers(answers.get(`counts${which}`)).flatMap(({ labels, value }) =>
    isStatus(labels.status) && value > 0 ? [[labels.status, value] as const] : []
  );
  const durations = answers.get(`durations${which}`);
  return {
    runs: counts.reduce((sum, [, count]) => sum + count, 0),
    counts: new Map(counts),
    successRate: readNumber(answers.get(`rate${which}`)),
    durations: Object.fromEntries(STATS.map((stat) => [stat, readNumber(durations, { stat })])),
    failures: readFailures(answers.get(`failures${which}`)?.[0]),
  };
}
