import { t } from '../../i18n/t';
import { isRecord, parseJson, toNumber, toText, type UnknownRecord } from '../model/narrow';

export type ErrorKind = 'unreachable' | 'unauthorized' | 'forbidden' | 'not_found' | 'refused' | 'failed';

/** One wrong part of what was sent: where it stands, such as "connection.bucket", and what was expected there. */
export interface WrongPart {
  path: string;
  message: string;
}

/** Why an answer did not come, told apart so that a person can be told what to do. */
export class ServiceError extends Error {
  constructor(
    readonly kind: ErrorKind,
    message: string,
    readonly parts: readonly WrongPart[] = []
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
  const body = bodyOf(error);
  return new ServiceError(
    kindOf(status),
    messageOf(error, body) ?? t('errors.no-reason', 'The service gave no reason.'),
    partsOf(body)
  );
}

function kindOf(status: number | undefined): ErrorKind {
  if (status === 0 || (status !== undefined && status >= 502 && status <= 504)) {
    return 'unreachable';
  }
  if (status === 401) {
    return 'unauthorized';
  }
  if (status === 403) {
    return 'forbidden';
  }
  if (status === 404) {
    return 'not_found';
  }
  return status !== undefined && status >= 400 && status < 500 ? 'refused' : 'failed';
}

/** The problem details inside an error; empty where there are none. */
function bodyOf(error: unknown): UnknownRecord {
  if (!isRecord(error)) {
    return {};
  }
  const data = isRecord(error.data) ? error.data : parseJson(error.data);
  // Grafana makes `{message: text}` of an answer that was asked for as text.
  const body = isRecord(data) ? (parseJson(data.message) ?? data) : data;
  return isRecord(body) ? body : {};
}

function messageOf(error: unknown, body: UnknownRecord): string | undefined {
  if (!isRecord(error)) {
    return toText(error);
  }
  return toText(body.detail) ?? toText(body.message) ?? toText(error.message) ?? toText(error.statusText);
}

function partsOf({ errors }: UnknownRecord): WrongPart[] {
  return Array.isArray(errors)
    ? errors.filter(isRecord).map(({ path, message }) => ({ path: toText(path) ?? '', message: toText(message) ?? '' }))
    : [];
}
