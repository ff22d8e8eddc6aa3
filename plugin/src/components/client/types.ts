import type { DataFrame, TimeRange } from '@grafana/data';
import type { Observable } from 'rxjs';
import type { Field, Filter, JoblensQuery } from '../../datasource/types';

export type Question = JoblensQuery;
export type RunFilter = Filter;
export type RunField = Field;

export interface AskOptions {
  range: TimeRange;
  /** Width of a time bucket. */
  intervalMs?: number;
  maxDataPoints?: number;
}

/** Frames by refId. */
export type Answers = ReadonlyMap<string, DataFrame[]>;

export type ResourceParams = Record<string, string | number | string[] | undefined>;

/** What the views need of a data source; they know no Grafana request. */
export interface JobHistoryClient {
  /** Changes with the data source and its base filters: part of every cache key. */
  id: string;
  /** Asks several questions in one request. Unsubscribing cancels it; errors are `ServiceError`s. */
  ask(questions: Question[], options: AskOptions): Observable<Answers>;
  /** JSON of a GET route such as `v1/run`. */
  get(path: string, params: ResourceParams): Promise<unknown>;
  /** What such a route gives as a file; `accept` says in which form. */
  getFile(path: string, params: ResourceParams, accept?: string): Promise<Blob>;
  /** Changes something; the answer's JSON. What the reader may not do is refused. */
  send(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    params: ResourceParams,
    body?: unknown
  ): Promise<unknown>;
}
