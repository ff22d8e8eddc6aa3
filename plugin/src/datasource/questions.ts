import { isChoice, isChoiceOf } from './editor/choices';
import type { Field, Format, JoblensQuery, QueryFields, QuestionName } from './types';

/** Fields of the editor that are not one of a few words (those are in `editor/choices.ts`). */
type OwnField =
  | Exclude<
      keyof QueryFields,
      'filters' | 'format' | 'cursor' | 'past' | 'job' | 'run' | 'period' | 'measure' | 'speed' | 'check'
    >
  | 'runId';

interface Question {
  label: string;
  description: string;
  group: 'Rates and durations' | 'Runs' | 'Logs' | 'For alert rules' | 'Helpers';
  /** The first one is what the service answers unless asked otherwise. */
  formats: readonly Format[];
  /** The query fields that mean something here, in the order of the editor. `runId` stands for job and run. */
  fields: readonly OwnField[];
}

const CHART: readonly Format[] = ['timeseries', 'table', 'numeric'];
const ALERT: readonly Format[] = ['numeric', 'table'];
const TABLE: readonly Format[] = ['table'];

/** Every question as the editor shows it. */
export const QUESTION_LIST: Record<QuestionName, Question> = {
  counts: {
    label: 'Run counts',
    description: 'How many runs, by status over time unless grouped otherwise',
    group: 'Rates and durations',
    formats: CHART,
    fields: ['groupBy', 'search', 'timeBy', 'shift'],
  },
  rate: {
    label: 'Success or failure rate',
    description: 'Share of runs that succeeded or failed, over time or as one number',
    group: 'Rates and durations',
    formats: CHART,
    fields: ['outcome', 'groupBy', 'search', 'timeBy', 'shift'],
  },
  duration: {
    label: 'Durations',
    description: 'Percentiles, mean or maximum of how long runs took',
    group: 'Rates and durations',
    formats: CHART,
    fields: ['stats', 'groupBy', 'statuses', 'exemplars', 'search', 'timeBy', 'shift'],
  },
  duration_histogram: {
    label: 'Duration histogram',
    description: 'How many runs took how long: the buckets of a heat map',
    group: 'Rates and durations',
    formats: ['timeseries', 'table'],
    fields: ['buckets', 'statuses', 'search', 'timeBy'],
  },
  runs: {
    label: 'Runs',
    description: 'One row per run, newest first',
    group: 'Runs',
    formats: TABLE,
    fields: ['search', 'limit', 'shift'],
  },
  run: {
    label: 'One run',
    description: 'Everything known of one run',
    group: 'Runs',
    formats: TABLE,
    fields: ['runId'],
  },
  jobs: {
    label: 'Jobs',
    description: 'One row per job: last run, success rate, durations against the period before',
    group: 'Runs',
    formats: TABLE,
    fields: ['search', 'limit'],
  },
  attention: {
    label: 'Jobs that need a look',
    description: 'Failing, missed, stuck, slower and flaky jobs with why; as numbers how many there are of each',
    group: 'Runs',
    formats: ['table', 'numeric'],
    fields: ['minRuns', 'baselineDays', 'search', 'limit'],
  },
  trends: {
    label: 'Trends',
    description: 'Execution time and success by day, week or month, against the period before',
    group: 'Runs',
    formats: ['table', 'timeseries'],
    fields: ['groupBy', 'search', 'timeBy', 'limit'],
  },
  changes: {
    label: 'Biggest changes',
    description: 'The jobs, types, owners or tags that changed most against the period before',
    group: 'Runs',
    formats: TABLE,
    fields: ['groupBy', 'minRuns', 'search', 'timeBy', 'limit'],
  },
  calendar: {
    label: 'Calendar',
    description: 'One row for each day: runs, failures, success rate',
    group: 'Runs',
    formats: TABLE,
    fields: ['search', 'timeBy'],
  },
  compare: {
    label: 'Compare runs',
    description: 'A run beside the last success of its job: what is new in its log, what its steps took',
    group: 'Runs',
    formats: TABLE,
    fields: ['runId', 'limit'],
  },
  related: {
    label: 'Related runs',
    description: "A run's parent and caller, and the runs that it called",
    group: 'Runs',
    formats: TABLE,
    fields: ['runId', 'limit'],
  },
  baseline: {
    label: 'Failure rate against usual',
    description: 'The failure rate beside what it was at the same times of the weeks before',
    group: 'Rates and durations',
    formats: ['timeseries', 'numeric'],
    fields: ['search', 'timeBy'],
  },
  timeline: {
    label: 'Timeline',
    description: 'Runs as bars with their true start and end',
    group: 'Runs',
    formats: TABLE,
    fields: ['search', 'limit'],
  },
  failures: {
    label: 'Failures by error',
    description: 'Failed runs grouped by error, with first and last seen and the newest error line',
    group: 'Runs',
    formats: ['table', 'timeseries'],
    fields: ['search', 'limit'],
  },
  errors: {
    label: 'Errors of one run',
    description: 'The failed records and error lines of one run, grouped by message',
    group: 'Runs',
    formats: TABLE,
    fields: ['runId', 'limit'],
  },
  steps: { label: 'Steps', description: 'The steps of one run', group: 'Runs', formats: TABLE, fields: ['runId'] },
  records: {
    label: 'Records',
    description: 'The items that a run handled, or counts of them per job',
    group: 'Runs',
    formats: ['table', 'numeric'],
    fields: ['runId', 'phase', 'outcome', 'search', 'limit'],
  },
  lines: {
    label: 'Log lines',
    description: 'The log of one run, or the lines of many runs by time',
    group: 'Logs',
    formats: TABLE,
    fields: ['runId', 'levels', 'search', 'direction', 'limit'],
  },
  line_counts: {
    label: 'Log line counts',
    description: 'How many lines, by level over time unless grouped otherwise',
    group: 'Logs',
    formats: ['timeseries', 'numeric'],
    fields: ['groupBy', 'levels', 'search'],
  },
  spike: {
    label: 'Failure spike',
    description: "Failure rate minus the job's own rate in the days before, for jobs with enough runs",
    group: 'For alert rules',
    formats: ALERT,
    fields: ['minRuns', 'baselineDays'],
  },
  streak: {
    label: 'Failures in a row',
    description: 'Failed runs in a row per job up to now; 0 after a success',
    group: 'For alert rules',
    formats: ALERT,
    fields: [],
  },
  overdue: {
    label: 'Overdue',
    description: 'Seconds a job is late, missed or running too long; 0 when it is on time',
    group: 'For alert rules',
    formats: ALERT,
    fields: ['kind'],
  },
  slow: {
    label: 'Slower than usual',
    description: "The newest run's duration against the job's own p95; 1 is as slow as the slowest 5 %",
    group: 'For alert rules',
    formats: ALERT,
    fields: ['minRuns', 'baselineDays'],
  },
  log_errors: {
    label: 'Error lines',
    description: 'Error lines of each job since its last clean success',
    group: 'For alert rules',
    formats: ALERT,
    fields: ['search'],
  },
  records_failed: {
    label: 'Failed records',
    description: 'Failed records of each job since its last clean success',
    group: 'For alert rules',
    formats: ALERT,
    fields: ['search'],
  },
  slo: {
    label: 'Objectives',
    description: 'Service level objectives: what is left of their budget, and how fast it burns',
    group: 'For alert rules',
    formats: ['table', 'numeric'],
    fields: [],
  },
  service: {
    label: 'The service itself',
    description: 'What waits, what was set aside, how long nothing came in; over time what came in',
    group: 'For alert rules',
    formats: ['table', 'numeric', 'timeseries'],
    fields: [],
  },
  capture: {
    label: 'Texts of an alert',
    description:
      "The newest error line, run and runbook of each row of a rule's own query; written as JSON in a rule's file",
    group: 'For alert rules',
    formats: ['numeric'],
    fields: [],
  },
  annotations: {
    label: 'Annotations',
    description: 'Failed, timed out and missed runs as marks on a chart',
    group: 'Helpers',
    formats: TABLE,
    fields: ['statuses', 'search', 'limit'],
  },
  values: {
    label: 'Values of a field',
    description: 'The values that a field has in the range, most frequent first',
    group: 'Helpers',
    formats: TABLE,
    fields: ['field', 'search', 'limit'],
  },
};

const LINE_FIELDS: ReadonlySet<Field> = new Set<Field>(['level', 'stream']);

/** Whether it is a question that the editor knows: a query from a file or of a newer version may ask another. */
export const isQuestion = (name: string): name is QuestionName => Object.hasOwn(QUESTION_LIST, name);

/** Whether the question is about log lines, whose level and stream can be filtered and grouped. */
export function isAboutLines(question: QuestionName): boolean {
  return QUESTION_LIST[question].group === 'Logs';
}

export function appliesTo(question: QuestionName, field: OwnField): boolean {
  return QUESTION_LIST[question].fields.includes(field);
}

/** The same query with another question: what the new one knows is kept, everything else goes. */
export function switchQuestion(query: JoblensQuery, question: QuestionName): JoblensQuery {
  const { refId, datasource, hide, key, queryType, filters, groupBy, format, job, run, outcome, ...own } = query;
  const usable = (field: Field) => isAboutLines(question) || !LINE_FIELDS.has(field);
  const kept = Object.entries(own).filter(([name, value]) =>
    isChoice(name, value)
      ? isChoiceOf(question, name, value)
      : QUESTION_LIST[question].fields.some((field) => field === name)
  );
  const isRunId = appliesTo(question, 'runId');
  return dropUndefined({
    ...Object.fromEntries(kept),
    refId,
    datasource,
    hide,
    key,
    queryType,
    question,
    filters: filters?.filter(({ field }) => usable(field)),
    groupBy: appliesTo(question, 'groupBy') ? groupBy?.filter(usable) : undefined,
    format: format && QUESTION_LIST[question].formats.includes(format) ? format : undefined,
    job: isRunId ? job : undefined,
    run: isRunId ? run : undefined,
    outcome: appliesTo(question, 'outcome') && !(question === 'records' && outcome === 'both') ? outcome : undefined,
  });
}

/** Without the fields that are undefined, so that a stored query says only what was chosen. */
export function dropUndefined(query: JoblensQuery): JoblensQuery {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(entries), refId: query.refId, question: query.question };
}

/** Whether there is enough to ask: some questions mean nothing without a run or a field. */
export function isComplete(query: Partial<JoblensQuery>): boolean {
  switch (query.question) {
    case undefined:
      return false;
    case 'run':
    case 'steps':
      return Boolean(query.key || (query.job && query.run));
    case 'values':
      return Boolean(query.field);
    default:
      return true;
  }
}
