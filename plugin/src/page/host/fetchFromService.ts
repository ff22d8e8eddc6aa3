import type { BackendSrvRequest, FetchError, FetchResponse } from '@grafana/runtime';
import { refusals } from './refusals';
import { toServicePath, withParams } from './routes';
import { authorization } from './token';

/** What Grafana answers where its relay can't reach the service; the page stands in for that relay. */
const BAD_GATEWAY = 502;
const UNAUTHORIZED = 401;

/** @throws FetchError with Grafana's fields where the answer is not ok, or where none came */
export async function fetchFromService<T>(options: BackendSrvRequest, signal: AbortSignal): Promise<FetchResponse<T>> {
  const hasBody = options.data !== undefined;
  const response = await fetch(withParams(toServicePath(options.url), options.params), {
    method: options.method ?? 'GET',
    signal,
    headers: {
      // As Grafana asks where the caller does not say what it takes.
      Accept: 'application/json, text/plain, */*',
      ...(hasBody && { 'content-type': 'application/json' }),
      ...options.headers,
      ...authorization(),
    },
    body: hasBody ? JSON.stringify(options.data) : undefined,
  }).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    throw toFetchError(options, BAD_GATEWAY, 'Unreachable', { message });
  });
  if (response.status === UNAUTHORIZED) {
    refusals.next();
  }
  if (!response.ok) {
    throw toFetchError(options, response.status, response.statusText, parse(await response.text()));
  }
  return {
    data: narrow<T>(await read(response, options.responseType)),
    status: response.status,
    statusText: response.statusText,
    ok: response.ok,
    headers: response.headers,
    redirected: response.redirected,
    type: response.type,
    url: response.url,
    config: options,
  };
}

async function read(response: Response, as: BackendSrvRequest['responseType']): Promise<unknown> {
  if (as === 'blob') {
    return response.blob();
  }
  const text = await response.text();
  return as === 'text' ? text : parse(text);
}

function toFetchError(config: BackendSrvRequest, status: number, statusText: string, data: unknown): FetchError {
  return { config, status, statusText, data };
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return { message: text };
  }
}

/** As in Grafana, the caller says what shape it expects, and looks for itself. */
function narrow<T>(data: unknown): T {
  return data as T;
}
