import type { JobConfig } from '../model/job.js';
import type { Level, Status } from '../model/words.js';
import type { Random } from './random.js';

/** When a job's runs start. Times of a day are of `zone`; weekdays count from 1, Monday. */
export type Rhythm =
  | { every: number; offset?: number }
  | { at: string; zone: string; weekdays?: readonly number[] }
  /** Started by events: this many an hour while people work, few otherwise. */
  | { perHour: number };

export type RunIdStyle = 'slot' | 'date' | 'counter' | 'uuid' | 'pod';

/** One line of a program's output; a plain text is of level info. */
export type LogLine = string | readonly [Level, string] | RichLine;
export interface RichLine {
  level: Level;
  message: string;
  operation?: string;
  input?: unknown;
  output?: unknown;
  masked?: boolean;
}

/** What a program prints of a run. */
export interface Program {
  /** The levels of its plain lines stand in the text, if at all: the service has to find them there. */
  bare?: boolean;
  begin(run: Telling): LogLine[];
  step(run: Telling, step: StepSpec): LogLine[];
  end(run: Telling): LogLine[];
}

/** What a program may tell about. */
export interface Telling {
  job: string;
  run: string;
  attempt: number;
  at: number;
  /** How many things this run handles. */
  volume: number;
  failures: number;
  commit: string;
  host: string;
  source: Record<string, unknown>;
  /** The same number, up to a million, whenever this run is told about: for texts that appear in several places. */
  dice: number;
  random: Random;
}

export interface StepSpec {
  step: string;
  title: string;
  /** Of the run's duration, against the other steps. */
  share: number;
}

/** One way in which a job fails. */
export interface FailureSpec {
  type: string;
  step: string;
  weight?: number;
  message(run: Telling): string;
  /** What the program prints before the error. */
  warnings?(run: Telling): string[];
  /** What it prints below the error. */
  trace?(run: Telling): string[];
  actions?: string[];
  /** Seconds that the step waits before it gives up. */
  stall?: number;
  /** How many lines of the step's normal ones come before. */
  after?: number;
}

export interface RecordSpec {
  phase: 'metadata' | 'data';
  outcome: 'success' | 'failure';
  key: string;
  message?: string;
  data?: unknown;
}

/** A run that has not ended: how long ago it began, where it is, and what it says while it waits there. */
export interface OpenSpec {
  sinceSeconds: number;
  step: string;
  workedSeconds?: number;
  waiting?: LogLine[];
}

export interface JobSpec {
  job: string;
  config: JobConfig;
  rhythm?: Rhythm;
  ids?: RunIdStyle;
  users: readonly [string, ...string[]];
  /** Seconds; `daily` is how much slower it is at the busiest hour, `growth` by how much over the whole history. */
  duration: { median: number; sigma: number; daily?: number; growth?: number };
  steps: readonly StepSpec[];
  volume: { median: number; sigma: number; noun: string };
  program: Program;
  failures?: readonly [FailureSpec, ...FailureSpec[]];
  /** 0 to 1, by the age of the run in days. */
  failureRate?: (age: number) => number;
  /** Picks one failure for runs of an age instead of any by weight. */
  failureAt?: (age: number) => string | undefined;
  retries?: number;
  skipped?: { rate: number; message: string };
  cancelled?: { rate: number; message: string };
  timedOut?: { rate: number; afterSeconds: number };
  /** Runs came only until this many days ago. */
  stoppedDaysAgo?: number;
  /** A run that is open now. */
  open?: OpenSpec;
  calledBy?: { job: string };
  /** A share of what it handles fails without failing the run. */
  itemFailureRate?: number;
  records?: (run: Telling) => RecordSpec[];
  report?: (run: Telling) => Record<string, unknown>;
}

export interface PlannedStep {
  spec: StepSpec;
  status: Status;
  startedAt?: number;
  finishedAt?: number;
}

/** One attempt at a run, as it happened. */
export interface PlannedAttempt {
  attempt: number;
  status: Status;
  queuedAt: number;
  startedAt: number;
  finishedAt?: number;
  steps: PlannedStep[];
  failure?: FailureSpec;
  /** For attempts that neither succeeded nor failed. */
  message?: string;
  /** How an attempt ends that is still running. */
  becomes?: PlannedAttempt;
}

export interface PlannedRun {
  spec: JobSpec;
  telling: Telling;
  user: string;
  calledBy?: { job: string; run: string };
  attempts: PlannedAttempt[];
}
