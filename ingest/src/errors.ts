import type { Problem, RejectedItem } from './model/answer.js';

/** An error with a code, an HTTP status, and words for the person who reads it: what happened, and what to do. */
export class Coded extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly title: string,
    detail: string,
    readonly extra: { errors?: RejectedItem[]; retryAfter?: number; allowed?: readonly string[]; cause?: unknown } = {}
  ) {
    super(detail, extra.cause === undefined ? undefined : { cause: extra.cause });
  }

  /** The error as RFC 9457 problem details. */
  toProblem(): Problem {
    return {
      type: `https://joblens.dev/problems/${this.code}`,
      title: this.title,
      status: this.status,
      detail: this.message,
      ...(this.extra.errors ? { errors: this.extra.errors } : {}),
    };
  }
}

/** Every error that a person may get to read, in one place. */
export const problems = {
  badRequest: (detail: string, errors?: RejectedItem[]) =>
    new Coded('bad-request', 400, 'The request can’t be taken as it is', detail, errors ? { errors } : {}),
  notJson: (detail: string) => new Coded('not-json', 400, 'The body is not what was expected', detail),
  badEncoding: (detail: string) => new Coded('bad-encoding', 400, 'The body can’t be decompressed', detail),
  unsupportedEncoding: (encoding: string) =>
    new Coded(
      'unsupported-encoding',
      415,
      'Unknown content encoding',
      `Content-Encoding "${encoding}" is not known. Send gzip, zstd, deflate, br or none.`
    ),
  unsupportedType: (detail: string) => new Coded('unsupported-type', 415, 'Unknown content type', detail),
  tooLarge: (limit: number) =>
    new Coded(
      'too-large',
      413,
      'The body is too large',
      `A body may hold ${limit} bytes after decompression. Send it in smaller pieces.`
    ),
  tooMany: (count: number, limit: number) =>
    new Coded(
      'too-many',
      413,
      'The body holds too much at once',
      `It holds ${count} items or more; ${limit} are the limit. Nothing was taken of it: send it in smaller pieces.`
    ),
  tooDeep: (limit: number) =>
    new Coded(
      'too-deep',
      400,
      'The JSON is nested too deeply',
      `The JSON is nested too deeply: objects and lists may stand ${limit} levels deep in one another. Nothing was stored.`
    ),
  headersTooLarge: () =>
    new Coded(
      'headers-too-large',
      431,
      'The address or the headers are too large',
      'Address and headers may hold 16 kB together. Ask for less at once; questions go into the body of POST /v1/query.'
    ),
  tooSlow: () =>
    new Coded(
      'too-slow',
      408,
      'The request took too long',
      'It was not there in time. Nothing was stored; send it again.'
    ),
  wrongMethod: (method: string, path: string, allowed: readonly string[]) =>
    new Coded(
      'wrong-method',
      405,
      'There is no such call',
      `${path} takes ${allowed.join(', ')}, not ${method}. GET /openapi.json lists every call.`,
      { allowed }
    ),
  notFound: (what: string, hint = '') =>
    new Coded('not-found', 404, 'Not found', `${what} is not known.${hint ? ` ${hint}` : ''}`),
  ambiguous: (detail: string, errors: RejectedItem[]) =>
    new Coded('ambiguous', 409, 'More than one run has this id', detail, { errors }),
  conflict: (detail: string) => new Coded('conflict', 409, 'In conflict with what is stored', detail),
  keyReused: (key: string) =>
    new Coded(
      'key-reused',
      422,
      'This Idempotency-Key stands for another request',
      `The key ${JSON.stringify(key)} came with another body, or to another address, within the last 24 hours. Nothing was stored of this request: ` +
        'send it under a key of its own. A retry repeats its request as it was.'
    ),
  unauthorized: (detail: string) => new Coded('unauthorized', 401, 'No access', detail),
  forbidden: (detail: string) => new Coded('forbidden', 403, 'Not allowed', detail),
  spoolFull: (detail: string) => new Coded('spool-full', 503, 'Busy: try again later', detail, { retryAfter: 5 }),
  busy: (detail: string) => new Coded('busy', 503, 'Busy: try again later', detail, { retryAfter: 1 }),
  tooManyJobs: (job: string, limit: number) =>
    new Coded(
      'too-many-jobs',
      403,
      'As many jobs as there may be',
      `The job ${JSON.stringify(job)} is new, and there are ${limit} already, the limit (JOBLENS_MAX_JOBS). Nothing was taken of this request. ` +
        'Is a run’s id in the job’s name? DELETE /v1/jobs/{job} purges jobs that are not wanted.'
    ),
  overLimit: (detail: string, retryAfter: number) =>
    new Coded('over-limit', 429, 'Over the limit of this token', detail, { retryAfter }),
  stopping: () => new Coded('stopping', 503, 'The service is stopping', 'Try again in a moment.', { retryAfter: 2 }),
  storageAway: (cause: unknown) =>
    new Coded(
      'storage-away',
      503,
      'ClickHouse can’t be reached',
      'Writes are still taken and stored later; reading works again once ClickHouse answers.',
      { retryAfter: 2, cause }
    ),
  queryTimedOut: (cause: unknown) =>
    new Coded(
      'query-timed-out',
      504,
      'The question took too long',
      'Ask for a shorter time range or filter for fewer jobs.',
      { cause }
    ),
  queryTooLarge: (cause: unknown) =>
    new Coded(
      'query-too-large',
      422,
      'The question needs too much memory',
      'Ask for a shorter time range or filter for fewer jobs.',
      { cause }
    ),
  badRegexp: (cause: unknown) =>
    new Coded(
      'bad-regexp',
      400,
      'The regular expression can’t be used',
      `Regular expressions follow RE2's syntax: no look-around, no back-references. ${firstLine(cause)}`,
      { cause }
    ),
  internal: (cause: unknown) =>
    new Coded('internal', 500, 'Something went wrong', 'The service has logged what happened.', { cause }),
};

function firstLine(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : '';
  return message.split('\n')[0]?.slice(0, 300) ?? '';
}
