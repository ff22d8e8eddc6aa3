import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { acceptedAnswer, problemAnswer, type Accepted, type Problem } from '../model/answer.js';
import { CliError, codeOf, messageOf } from './errors.js';

const compress = promisify(gzip);
/** Below this compressing costs more than it saves. */
const WORTH_COMPRESSING = 4096;
const LONGEST_WAIT_MS = 60_000;

export interface ClientOptions {
  url: string;
  token?: string;
  /** How long one request may take. */
  timeoutMs?: number;
}

export interface WriteRequest {
  method?: 'POST' | 'PUT';
  /** Path below the service's address, such as `/v1/runs`. */
  path: string;
  body: string | Uint8Array<ArrayBuffer>;
  contentType?: string;
  idempotencyKey?: string;
  /** Answer only once the data can be read back. */
  wait?: boolean;
  signal?: AbortSignal;
}

/** The service answered, and the answer is no. */
export class RefusedError extends CliError {
  constructor(
    readonly status: number,
    readonly problem: Problem | undefined,
    readonly retryAfterMs: number | undefined,
    url: string
  ) {
    super(`${url} answered ${status}: ${problem?.detail ?? problem?.title ?? 'no reason given'}`);
    this.name = 'RefusedError';
  }
}

/** Nothing answered there. */
export class UnreachableError extends CliError {
  constructor(url: string, cause: unknown) {
    super(`${url} can't be reached: ${codeOf(cause) ?? messageOf(cause)}`);
    this.name = 'UnreachableError';
  }
}

export interface Client {
  readonly url: string;
  write(request: WriteRequest): Promise<Accepted | undefined>;
  /** Any other call that answers JSON. */
  ask(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<unknown>;
}

/** The HTTP client of every command: one request, no retries. */
export function createClient({ url, token, timeoutMs = 60_000 }: ClientOptions): Client {
  const base = parseBase(url);
  const remote = !isLoopback(base.hostname);

  const targetOf = (path: string) => new URL(base.pathname.replace(/\/$/, '') + path, base);
  const authorization: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};

  async function answered(target: URL, init: RequestInit): Promise<unknown> {
    const response = await send(target, init);
    const answer = await readJson(response, target);
    if (!response.ok) {
      throw new RefusedError(
        response.status,
        problemAnswer.safeParse(answer).data,
        retryAfter(response),
        target.origin
      );
    }
    return answer;
  }

  async function write(request: WriteRequest): Promise<Accepted | undefined> {
    const target = targetOf(request.path);
    if (request.wait) {
      target.searchParams.set('wait', '1');
    }
    const zipped = remote && request.body.length > WORTH_COMPRESSING;
    const answer = await answered(target, {
      method: request.method ?? 'POST',
      body: zipped ? await compress(request.body, { level: 3 }) : request.body,
      signal: anySignal(AbortSignal.timeout(timeoutMs), request.signal),
      headers: {
        'content-type': request.contentType ?? 'application/x-ndjson',
        ...(zipped ? { 'content-encoding': 'gzip' } : {}),
        ...authorization,
        ...(request.idempotencyKey ? { 'idempotency-key': request.idempotencyKey } : {}),
      },
    });
    return acceptedAnswer.safeParse(answer).data;
  }

  const ask = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) =>
    answered(targetOf(path), {
      method,
      signal: AbortSignal.timeout(timeoutMs),
      headers: { 'content-type': 'application/json', ...authorization },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });

  return { url: base.href.replace(/\/$/, ''), write, ask };
}

export interface RetryOptions {
  /** Stop trying after this long; for ever unless given. */
  forMs?: number;
  signal?: AbortSignal;
  onRetry?: (error: CliError, waitMs: number) => void;
}

/** Writes until it is taken: waits as long as the service asks, else a little longer each time. */
export async function writeWithRetry(client: Client, request: WriteRequest, options: RetryOptions = {}) {
  const deadline = options.forMs === undefined ? Infinity : Date.now() + options.forMs;
  for (let attempt = 0; ; attempt++) {
    try {
      return await client.write({ ...request, signal: options.signal });
    } catch (error) {
      if (!isTransient(error) || options.signal?.aborted) {
        throw error;
      }
      const waitMs = error instanceof RefusedError ? (error.retryAfterMs ?? backoff(attempt)) : backoff(attempt);
      if (Date.now() + waitMs > deadline) {
        throw error;
      }
      options.onRetry?.(error, waitMs);
      await sleep(waitMs, undefined, { signal: options.signal });
    }
  }
}

/** Whether the same request may be taken later. */
export function isTransient(error: unknown): error is CliError {
  if (error instanceof RefusedError) {
    return error.status === 408 || error.status === 429 || (error.status >= 500 && error.status !== 501);
  }
  return error instanceof UnreachableError;
}

function backoff(attempt: number): number {
  return Math.min(250 * 2 ** attempt, 5_000) * (0.75 + Math.random() / 2);
}

async function send(target: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(target, init);
  } catch (error) {
    throw new UnreachableError(target.origin, error);
  }
}

async function readJson(response: Response, target: URL): Promise<unknown> {
  try {
    const text = await response.text();
    return text.startsWith('{') ? JSON.parse(text) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw new UnreachableError(target.origin, error);
  }
}

function retryAfter(response: Response): number | undefined {
  const header = response.headers.get('retry-after');
  if (header === null) {
    return undefined;
  }
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_WAIT_MS) : undefined;
}

function parseBase(url: string): URL {
  const base = URL.canParse(url) ? new URL(url) : undefined;
  if (!base || !/^https?:$/.test(base.protocol)) {
    throw new CliError(`"${url}" is no address of a service. Expected one such as http://127.0.0.1:8080`, 2);
  }
  return base;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}

function anySignal(timeout: AbortSignal, other: AbortSignal | undefined): AbortSignal {
  return other ? AbortSignal.any([timeout, other]) : timeout;
}
