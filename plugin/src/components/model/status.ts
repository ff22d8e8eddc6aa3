import type { IconName } from '@grafana/data';
import {
  FAILURE_STATUSES,
  OPEN_STATUSES,
  PLAIN_STATUS,
  STATUSES,
  type PlainStatus,
  type Status,
} from '../../../../ingest/src/model/words';
import { t } from '../../i18n/t';

export { STATUSES, type PlainStatus, type Status };

/** Which of the theme's colours a status takes. */
export type Tone = 'success' | 'error' | 'warning' | 'info' | 'primary' | 'secondary';

/** The three words, each with its icon and what it means for the reader. */
const plainWords = (): Record<PlainStatus, { word: string; icon: IconName; help: string }> => ({
  pending: {
    word: t('status.pending.word', 'Pending'),
    icon: 'clock-nine',
    help: t('status.pending.meaning', 'The job is still processing. Wait for the operation to complete.'),
  },
  success: {
    word: t('status.success.word', 'Success'),
    icon: 'check-circle',
    help: t('status.success.meaning', 'The job completed successfully. Data has been updated.'),
  },
  failed: {
    word: t('status.failed.word', 'Failed'),
    icon: 'times-circle',
    help: t('status.failed.meaning', 'The job failed. Review the logs for troubleshooting steps.'),
  },
});

interface Own {
  /** Which of those that share a word it is; nothing where the word says it all. */
  detail?: string;
  icon: IconName;
  tone: Tone;
  help?: string;
}

const unrated = () => t('status.unrated', 'In success rates it counts neither way.');

const ownWords = (): Record<Status, Own> => ({
  pending: { icon: 'clock-nine', tone: 'info' },
  running: {
    detail: t('status.running.detail', 'running'),
    icon: 'sync',
    tone: 'primary',
    help: t('status.running.help', 'It has started and has not ended yet.'),
  },
  succeeded: { icon: 'check-circle', tone: 'success' },
  failed: { icon: 'times-circle', tone: 'error' },
  cancelled: {
    detail: t('status.cancelled.detail', 'cancelled'),
    icon: 'ban',
    tone: 'secondary',
    help: `${t('status.cancelled.help', 'Somebody or something ended it before it was done.')} ${unrated()}`,
  },
  skipped: {
    detail: t('status.skipped.detail', 'skipped'),
    icon: 'forward',
    tone: 'secondary',
    help: `${t('status.skipped.help', 'It was left out on purpose and did nothing.')} ${unrated()}`,
  },
  timed_out: {
    detail: t('status.timed_out.detail', 'timed out'),
    icon: 'hourglass',
    tone: 'error',
    help: t('status.timed_out.help', 'It did not end within its time.'),
  },
  missed: {
    detail: t('status.missed.detail', 'missed'),
    icon: 'calendar-slash',
    tone: 'warning',
    help: t('status.missed.help', 'It was expected by its schedule and never came.'),
  },
  unknown: {
    detail: t('status.unknown.detail', 'unknown'),
    icon: 'question-circle',
    tone: 'secondary',
    help: `${t('status.unknown.help', 'How it ended was not said in a word that Joblens knows.')} ${unrated()}`,
  },
});

export interface StatusLook {
  /** "Pending", "Success" or "Failed". */
  word: string;
  /** Which of them, such as "timed out". */
  detail?: string;
  /** Both: "Failed (timed out)". */
  label: string;
  /** Of the word: clock, check or cross. */
  icon: IconName;
  tone: Tone;
  /** What the word means, and what its detail adds to that. */
  help: string[];
  /** Its own name and icon, for steps: a skipped step is no success. */
  own: { label: string; icon: IconName };
}

export function statusLook(status: Status): StatusLook {
  const { word, icon, help } = plainWords()[PLAIN_STATUS[status]];
  const own = ownWords()[status];
  return {
    word,
    detail: own.detail,
    label: own.detail ? `${word} (${own.detail})` : word,
    icon,
    tone: own.tone,
    help: own.help ? [help, own.help] : [help],
    own: { label: own.detail ? own.detail[0]!.toUpperCase() + own.detail.slice(1) : word, icon: own.icon },
  };
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
