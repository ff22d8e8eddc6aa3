import { parseDuration, parseSchedule, type Schedule, type Slot } from '../model/schedule.js';
import { raw } from '../storage/sql.js';

/** What a job's config says of its time, as ClickHouse reads it from the config. */
export interface Terms {
  schedule: string;
  timezone: string;
  grace: string;
  max_runtime: string;
  paused: boolean;
  /** Alerts go by what is usual of the job, where it has no terms of its own. */
  alert_on_usual: boolean;
}

/** The terms as one tuple over a job's `config`. */
export const TERMS = raw(
  "JSONExtract(config, 'Tuple(schedule String, timezone String, grace String, max_runtime String, paused Bool, alert_on_usual Bool)')"
);

/** The terms of a config that nobody has stored yet. */
export const termsOf = (config: { [Name in keyof Terms]?: unknown }): Terms => ({
  schedule: String(config.schedule ?? ''),
  timezone: String(config.timezone ?? ''),
  grace: String(config.grace ?? ''),
  max_runtime: String(config.max_runtime ?? ''),
  paused: config.paused === true,
  alert_on_usual: config.alert_on_usual === true,
});

const DEFAULT_GRACE_MS = 5 * 60_000;

/** How late a run may come before it counts as missed. */
export const graceOf = (terms: Terms) => parseDuration(terms.grace) ?? DEFAULT_GRACE_MS;

/** How long a run may take; undefined where nobody said. */
export const maxRuntimeOf = (terms: Terms) => parseDuration(terms.max_runtime);

const known = new Map<string, Schedule | undefined>();
const KNOWN_MAX = 20_000;

/** The schedule of a job; undefined where it has none, or is paused. */
export function scheduleOf(terms: Terms): Schedule | undefined {
  if (terms.paused || terms.schedule === '') {
    return undefined;
  }
  const name = nameOf(terms);
  if (!known.has(name)) {
    if (known.size >= KNOWN_MAX) {
      known.clear();
    }
    known.set(name, parseSchedule(terms.schedule, terms.timezone));
  }
  return known.get(name);
}

const nameOf = (terms: Terms) => `${terms.timezone} ${terms.schedule}`;

export interface Around {
  /** The newest slot at or before the moment. */
  slot: Slot | undefined;
  next: Slot | undefined;
}

const around = new Map<string, Around>();

/** The slots on both sides of a moment. Of a cron expression they are remembered until the next one has passed. */
export function slotsAround(terms: Terms, moment: number, lastStart: number | undefined): Around {
  const schedule = scheduleOf(terms);
  if (!schedule) {
    return { slot: undefined, next: undefined };
  }
  if (schedule.kind === 'interval') {
    return { slot: schedule.before(moment, lastStart), next: schedule.after(moment, lastStart) };
  }
  const name = nameOf(terms);
  const before = around.get(name);
  if (before?.slot && before.next && before.slot.at <= moment && moment < before.next.at) {
    return before;
  }
  // Mostly the moment has moved on by one slot: then only the next one has to be found.
  const slot =
    before?.next && before.next.at <= moment && moment < (schedule.after(before.next.at)?.at ?? Infinity)
      ? before.next
      : schedule.before(moment);
  const found = { slot, next: schedule.after(moment) };
  if (around.size >= KNOWN_MAX) {
    around.clear();
  }
  around.set(name, found);
  return found;
}

/** A scheduler's clock may be a little ahead of ours: a run that starts this long before a slot is that slot's. */
export function earlyOf(slot: Slot, next: Slot | undefined): number {
  return next === undefined ? EARLY_MS : Math.min(EARLY_MS, (next.at - slot.at) / 10);
}
const EARLY_MS = 60_000;
