import type { DataFrame, DataQueryRequest, DataQueryResponse } from '@grafana/data';
import { getBackendSrv, type BackendSrvRequest, type DataSourceWithBackend } from '@grafana/runtime';
import { lastValueFrom, map } from 'rxjs';
import { parseExact } from './parseExact';
import { ServiceError, toServiceError } from './ServiceError';
import { t } from '../../i18n/t';
import type { Answers, AskOptions, JobHistoryClient, Question, ResourceParams } from './types';

/** What a query of the panel narrows every question of the panel to. */
export type BaseQuery = Pick<Question, 'filters' | 'search'>;

let requests = 0;

/**
 * A client on a Joblens data source. `template` is the request that the panel was given: its variables, app and
 * dashboard go along with every question.
 */
export function createClient(
  source: DataSourceWithBackend<Question>,
  template: DataQueryRequest<Question>,
  base: BaseQuery = {}
): JobHistoryClient {
  return {
    id: `${source.uid} ${JSON.stringify(base)}`,
    ask: (questions, options) =>
      source
        .query(toRequest(template, withBase(questions, base), options))
        .pipe(map((response) => toAnswers(response, questions))),
    get: (path, params) => callJson(source, path, { params: defined(params) }),
    getFile: (path, params, accept = '*/*') =>
      call<Blob>(source, path, { params: defined(params), responseType: 'blob', headers: { Accept: accept } }),
    send: (method, path, params, body) => callJson(source, path, { method, params: defined(params), data: body }),
  };
}

async function callJson(
  source: DataSourceWithBackend<Question>,
  path: string,
  options: Omit<BackendSrvRequest, 'url'>
): Promise<unknown> {
  const headers = { Accept: 'application/json' };
  return parseExact(String(await call<unknown>(source, path, { ...options, headers, responseType: 'text' })));
}

/** A route of the service through the data source's resources; the views show what went wrong themselves. */
function call<T>(
  source: DataSourceWithBackend<Question>,
  path: string,
  options: Omit<BackendSrvRequest, 'url'>
): Promise<T> {
  const url = `/api/datasources/uid/${source.uid}/resources/${path}`;
  const request = { method: 'GET', ...options, url, showErrorAlert: false, showSuccessAlert: false };
  return lastValueFrom(getBackendSrv().fetch<T>(request)).then(({ data }) => data, rethrow);
}

function toRequest(
  template: DataQueryRequest<Question>,
  targets: Question[],
  { range, intervalMs, maxDataPoints }: AskOptions
): DataQueryRequest<Question> {
  return {
    ...template,
    requestId: `joblens-${++requests}`,
    targets,
    range,
    rangeRaw: range.raw,
    intervalMs: intervalMs ?? template.intervalMs,
    maxDataPoints: maxDataPoints ?? template.maxDataPoints,
  };
}

function withBase(questions: Question[], base: BaseQuery): Question[] {
  return questions.map((question) => ({
    ...question,
    filters: [...(base.filters ?? []), ...(question.filters ?? [])],
    // `values` looks for its words in the values, not in the runs.
    search:
      (question.question === 'values' ? [question.search] : [base.search, question.search]).filter(Boolean).join(' ') ||
      undefined,
  }));
}

function toAnswers(response: DataQueryResponse, questions: Question[]): Answers {
  const error = response.error ?? response.errors?.[0];
  if (error) {
    throw toServiceError(error);
  }
  const answers = new Map<string, DataFrame[]>();
  for (const frame of response.data) {
    const refId = frame.refId ?? '';
    answers.set(refId, [...(answers.get(refId) ?? []), frame]);
  }
  // A lost connection reaches us as an empty answer without an error: not to be taken for “no runs”.
  if (questions.some(({ refId }) => !answers.has(refId))) {
    throw new ServiceError('unreachable', t('errors.empty', 'The answer holds nothing for what was asked.'));
  }
  return answers;
}

function defined(params: ResourceParams): Record<string, string | number | string[]> {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  );
}

function rethrow(error: unknown): never {
  throw error instanceof ServiceError ? error : toServiceError(error);
}
