/** The words of the contract as plain lists, free of zod, so that the plugin can take them too. */

/** Every final and open status of a run or a step. The first two are open. */
export const STATUSES = [
  'pending',
  'running',
  'succeeded',
  'failed',
  'cancelled',
  'skipped',
  'timed_out',
  'missed',
  'unknown',
] as const;
export type Status = (typeof STATUSES)[number];

export const OPEN_STATUSES: readonly Status[] = ['pending', 'running'];
/** Count as failures in rates, streaks and fingerprints. */
export const FAILURE_STATUSES: readonly Status[] = ['failed', 'timed_out', 'missed'];

/** The three words that people and connection platforms know; each of our nine says one of them, and how. */
export const PLAIN_STATUSES = ['pending', 'success', 'failed'] as const;
export type PlainStatus = (typeof PLAIN_STATUSES)[number];
export const PLAIN_STATUS: Readonly<Record<Status, PlainStatus>> = {
  pending: 'pending',
  running: 'pending',
  succeeded: 'success',
  // Left out on purpose: nothing is missing, nobody has to look.
  skipped: 'success',
  failed: 'failed',
  timed_out: 'failed',
  missed: 'failed',
  // Ended without doing its work, or without saying whether it did: somebody has to look.
  cancelled: 'failed',
  unknown: 'failed',
};

export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'unknown'] as const;
export type Level = (typeof LEVELS)[number];

export const PHASES = ['metadata', 'data'] as const;
export const OUTCOMES = ['success', 'failure'] as const;

/** Every question the service answers. One file each under `query/`. */
export const QUESTIONS = [
  'runs',
  'run',
  'jobs',
  'counts',
  'rate',
  'duration',
  'duration_histogram',
  'timeline',
  'lines',
  'line_counts',
  'records',
  'failures',
  'steps',
  'streak',
  'spike',
  'overdue',
  'slow',
  'annotations',
  'values',
  'attention',
  'errors',
  'trends',
  'changes',
  'calendar',
  'compare',
  'related',
  'baseline',
  'log_errors',
  'records_failed',
  'service',
  'capture',
  'slo',
] as const;
export type QuestionName = (typeof QUESTIONS)[number];

/** The fields that a filter or a group can name; `tag:<name>` reaches one tag. */
export const FIELDS = [
  'job',
  'run',
  'key',
  'status',
  'type',
  'user',
  'error_type',
  'fingerprint',
  'connection',
  'owner',
  'level',
  'stream',
] as const;

export const OPERATORS = ['=', '!=', 'in', '!in', '=~', '!~'] as const;
