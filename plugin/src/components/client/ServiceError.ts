import { isRecord, parseJson, toNumber, toText } from '../model/narrow';

export type ErrorKind = 'unreachable' | 'unauthorized' | 'not_found' | 'refused' | 'failed';

/** Why an answer did not come, told apart so that a person can be told what to do. */
export class ServiceError extends Error {
  constructor(
    readonly kind: ErrorKind,
    message: string
  ) {
    super(message);
    this.name = 'ServiceError';
  }
}

/** Understands Grafana's fetch and query errors, problem+json inside them, and plain errors. */
export function toServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) {
    return error;
  }
  const status = isRecord(error) ? toNumber(error.status) : undefined;
  return new ServiceError(kindOf(status), messageOf(error) ?? 'The service gave no reason.');
}

function kindOf(status: number | undefined): ErrorKind {
  if (status === 0 || (status !== undefined && status >= 502 && status <= 504)) {
    return 'unreachable';
  }
  if (status === 401 || status === 403) {
    return 'unauthorized';
  }
  if (status === 404) {
    return 'not_found';
  }
  return status !== undefined && status >= 400 && status < 500 ? 'refused' : 'failed';
}

function messageOf(error: unknown): string | undefined {
  if (!isRecord(error)) {
    return toText(error);
  }
  const body = isRecord(error.data) ? error.data : parseJson(error.data);
  const data = isRecord(body) ? body : {};
  return toText(data.detail) ?? toText(data.message) ?? toText(error.message) ?? toText(error.statusText);
}
