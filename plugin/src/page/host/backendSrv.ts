import type { BackendSrv, BackendSrvRequest, FetchResponse } from '@grafana/runtime';
import { lastValueFrom, Observable } from 'rxjs';
import { fetchFromService } from './fetchFromService';

/** Grafana's way to its backend, led straight to the service. */
export function createBackendSrv(): BackendSrv {
  const ask = <T>(method: string, url: string, options: Partial<BackendSrvRequest> = {}) =>
    lastValueFrom(observe<T>({ ...options, method, url })).then(({ data }) => data);
  return {
    fetch: observe,
    get: (url, params, _requestId, options) => ask('GET', url, { ...options, params }),
    delete: (url, data, options) => ask('DELETE', url, { ...options, data }),
    post: (url, data, options) => ask('POST', url, { ...options, data }),
    patch: (url, data, options) => ask('PATCH', url, { ...options, data }),
    put: (url, data, options) => ask('PUT', url, { ...options, data }),
    request: (options) => ask(options.method ?? 'GET', options.url, options),
    datasourceRequest: (options) => lastValueFrom(observe(options)),
    chunked: () => {
      throw new Error('The page has no chunked requests.');
    },
  };
}

/** Unsubscribing aborts the request. */
function observe<T>(options: BackendSrvRequest): Observable<FetchResponse<T>> {
  return new Observable((subscriber) => {
    const abort = new AbortController();
    fetchFromService<T>(options, abort.signal).then(
      (response) => {
        subscriber.next(response);
        subscriber.complete();
      },
      (error: unknown) => subscriber.error(error)
    );
    return () => abort.abort();
  });
}
