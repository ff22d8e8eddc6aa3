import type { DataSourceJsonData } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';
import type { BaseQueryInput, Field, Filter } from '../../../ingest/src/model/question.js';
import type { Level, OUTCOMES, PHASES, QuestionName, Status } from '../../../ingest/src/model/words.js';

export type { Field, Filter, Level, QuestionName, Status };
export type Operator = Filter['op'];
export type Format = NonNullable<BaseQueryInput['format']>;

/** What a person may say beside the question; docs/questions.md tells which question takes which. */
export interface QueryFields extends Pick<
  BaseQueryInput,
  'filters' | 'groupBy' | 'search' | 'timeBy' | 'format' | 'shift' | 'limit' | 'cursor'
> {
  job?: string;
  run?: string;
  stats?: string[];
  statuses?: Status[];
  levels?: Level[];
  outcome?: 'both' | (typeof OUTCOMES)[number];
  phase?: (typeof PHASES)[number];
  /** Of `lines` the order; of `changes` which ones. */
  direction?: 'backward' | 'forward' | 'worse' | 'better' | 'any';
  period?: string;
  measure?: string;
  speed?: string;
  check?: string;
  /** The id of a line: only lines past it. */
  past?: string;
  /** Marks the slowest runs on a chart of durations. */
  exemplars?: boolean;
  kind?: 'any' | 'late' | 'missed' | 'running';
  /** Of `values`; "tag" asks for the names of the tags in use. */
  field?: Field | 'tag';
  buckets?: number;
  minRuns?: number;
  baselineDays?: number;
}

/** A query as dashboards and alert rules store it: the service takes it just so. */
export interface JoblensQuery extends DataQuery, QueryFields {
  question: QuestionName;
  /** Of whoever looks, added when it is asked: days and weeks are theirs. */
  timeZone?: string;
  weekStart?: string;
}

/** A dashboard variable: always the question `values`. */
export interface JoblensVariableQuery extends JoblensQuery {
  question: 'values';
}

/** The address is Grafana's own `url`, so nothing of ours is kept in jsonData. */
export type JoblensOptions = DataSourceJsonData;

export interface JoblensSecrets {
  token?: string;
  annotateToken?: string;
  adminToken?: string;
}
