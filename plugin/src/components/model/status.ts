import type { IconName } from '@grafana/data';
import { FAILURE_STATUSES, OPEN_STATUSES, STATUSES, type Status } from '../../../../ingest/src/model/words';

export { STATUSES, type Status };

/** Which of the theme's colours a status takes. */
export type Tone = 'success' | 'error' | 'warning' | 'info' | 'primary' | 'secondary';

interface StatusLook {
  label: string;
  icon: IconName;
  tone: Tone;
}

const LOOKS: Record<Status, StatusLook> = {
  pending: { label: 'Pending', icon: 'clock-nine', tone: 'info' },
  running: { label: 'Running', icon: 'sync', tone: 'primary' },
  succeeded: { label: 'Success', icon: 'check-circle', tone: 'success' },
  failed: { label: 'Failed', icon: 'times-circle', tone: 'error' },
  cancelled: { label: 'Cancelled', icon: 'ban', tone: 'secondary' },
  skipped: { label: 'Skipped', icon: 'forward', tone: 'secondary' },
  timed_out: { label: 'Timed out', icon: 'hourglass', tone: 'error' },
  missed: { label: 'Missed', icon: 'calendar-slash', tone: 'warning' },
  unknown: { label: 'Unknown', icon: 'question-circle', tone: 'secondary' },
};

export function statusLook(status: Status): StatusLook {
  return LOOKS[status];
}

/** Chips, legends and counts name the statuses in this order: what needs a look first. */
export const STATUS_ORDER: readonly Status[] = [
  'failed',
  'timed_out',
  'missed',
  'running',
  'pending',
  'succeeded',
  'cancelled',
  'skipped',
  'unknown',
];

export function isStatus(value: unknown): value is Status {
  return STATUSES.some((status) => status === value);
}

export function toStatus(value: unknown): Status {
  return isStatus(value) ? value : 'unknown';
}

export function isOpen(status: Status): boolean {
  return OPEN_STATUSES.includes(status);
}

export function isFailure(status: Status): boolean {
  return FAILURE_STATUSES.includes(status);
}
