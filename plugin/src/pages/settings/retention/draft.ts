import { isRecord, toNumber, type UnknownRecord } from '../../../components/model/narrow';

export const KINDS = ['runs', 'lines', 'records'] as const;
export type Kind = (typeof KINDS)[number];

/** Days as they are typed; "" where nothing is said. */
export type Days = Record<Kind, string>;

export interface JobDays {
  job: string;
  days: Days;
}

export interface Draft {
  all: Days;
  jobs: JobDays[];
}

export const NO_DAYS: Days = { runs: '', lines: '', records: '' };

/** @param settings what `GET /v1/settings/retention` answers */
export function toDraft(settings: UnknownRecord): Draft {
  const jobs = isRecord(settings.jobs) ? settings.jobs : {};
  return {
    all: toDays(settings),
    jobs: Object.entries(jobs).map(([job, own]) => ({ job, days: toDays(isRecord(own) ? own : {}) })),
  };
}

function toDays(periods: UnknownRecord): Days {
  const text = (kind: Kind) => String(toNumber(periods[kind]) ?? '');
  return { runs: text('runs'), lines: text('lines'), records: text('records') };
}

/** What `PUT /v1/settings/retention` takes. */
export function toSettings({ all, jobs }: Draft): UnknownRecord {
  const own = jobs.map(({ job, days }): [string, UnknownRecord] => [job.trim(), toPeriods(days)]);
  return {
    ...toPeriods(all),
    jobs: Object.fromEntries(own.filter(([job, periods]) => job !== '' && Object.keys(periods).length > 0)),
  };
}

function toPeriods(days: Days): UnknownRecord {
  return Object.fromEntries(KINDS.flatMap((kind) => (days[kind] === '' ? [] : [[kind, Number(days[kind])]])));
}
