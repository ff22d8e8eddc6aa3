import type { JobFacts } from '../query/job-facts.js';
import { earlyOf, graceOf, maxRuntimeOf, slotsAround } from './terms.js';
import { clockTime, roughly, times } from './words.js';

/** What a job needs a look for, in the order in which it is looked at. */
export const STATES = ['failing', 'missed', 'stuck', 'slower', 'flaky'] as const;
export type State = (typeof STATES)[number];

/** Times are epoch milliseconds. */
export interface Judgement {
  state: State;
  reason: string;
  since: number;
}

/** Without a limit of its own, a run is too long once it takes this many times its usual. */
export const TOO_LONG = 3;

/** How much of a job's runs failed more than before, −1 to 1. */
export const riseOf = (facts: JobFacts) => failureRate(facts) - baselineOf(facts);
export const failureRate = (facts: JobFacts) => (facts.runs === 0 ? 0 : facts.failures / facts.runs);
export const baselineOf = (facts: JobFacts) =>
  facts.runs_before === 0 ? 0 : facts.failures_before / facts.runs_before;

/** Judges a job as of a moment; undefined for one that is well. */
export function judge(facts: JobFacts, now: number, timeZone: string, minRuns: number): Judgement | undefined {
  if (facts.streak > 0) {
    const reason = facts.streak === 1 ? 'last run failed' : `${facts.streak} in a row failed`;
    return { state: 'failing', reason, since: facts.first_failed_at };
  }
  if (facts.missed > 0) {
    const last = clockTime(facts.missed_at, now, timeZone);
    return {
      state: 'missed',
      reason: facts.missed === 1 ? `missed, expected ${last}` : `missed ${times(facts.missed)}, last ${last}`,
      since: facts.first_missed_at,
    };
  }
  const over = overRuntime(facts, now);
  if (over !== undefined && over > 0) {
    const usual = facts.usual === null ? '' : `, usually ${roughly(facts.usual)}`;
    return {
      state: 'stuck',
      reason: `running ${roughly(now - facts.open_at)}${usual}`,
      since: now - over,
    };
  }
  if (isSlow(facts, minRuns)) {
    return {
      state: 'slower',
      reason: `took ${roughly(facts.newest ?? 0)}, usually ${roughly(facts.usual ?? 0)}`,
      since: facts.ok_at,
    };
  }
  if (isFlaky(facts, minRuns)) {
    return {
      state: 'flaky',
      reason: `${facts.failures} of ${facts.runs} failed`,
      since: facts.failed_at,
    };
  }
  return undefined;
}

/** Milliseconds that the oldest open run is over its time, negative while it has some left; undefined without a limit. */
export function overRuntime(facts: JobFacts, now: number, byUsual = true): number | undefined {
  const own = maxRuntimeOf(facts.terms);
  const limit = own ?? (byUsual && facts.usual !== null ? facts.usual * TOO_LONG : undefined);
  return facts.open_at === 0 || limit === undefined ? undefined : now - facts.open_at - limit;
}

/** A tenth over what the slowest 5 % of the days before took: less is what a job that is well does now and then. */
const SLOWER_THAN_P95 = 1.1;

/** True for a duration that is more than the slowest 5 % of the days before took. */
export const isSlower = ({ p95 }: JobFacts, duration: number) => p95 !== null && duration > p95 * SLOWER_THAN_P95;

const isSlow = (facts: JobFacts, minRuns: number) =>
  facts.timed >= minRuns && facts.newest !== null && isSlower(facts, facts.newest);

/** The rate rose by more than chance alone makes of it. */
function isFlaky(facts: JobFacts, minRuns: number): boolean {
  if (facts.runs < minRuns || facts.failures < 2) {
    return false;
  }
  const norm = (facts.failures_before + 0.5) / (facts.runs_before + 1);
  const deviation = Math.sqrt(facts.runs * norm * (1 - norm));
  return riseOf(facts) > 0.05 && facts.failures - facts.runs * norm > 2.5 * deviation;
}

/** The newest slot that nobody kept yet, while its grace lasts; undefined for a job that is on time. */
export function lateSince(facts: JobFacts, now: number): number | undefined {
  const started = facts.started_at || undefined;
  const { slot, next } = slotsAround(facts.terms, now, lastStartOf(facts));
  if (!slot || slot.until >= now || slot.at < facts.since || facts.missed_at === slot.at) {
    return undefined;
  }
  const came = started !== undefined && started >= slot.at - earlyOf(slot, next);
  return came || now > slot.until + graceOf(facts.terms) ? undefined : slot.at;
}

/** The next slot, epoch milliseconds. */
export const nextAt = (facts: JobFacts, now: number) => slotsAround(facts.terms, now, lastStartOf(facts)).next?.at;

/** What an interval counts from: the last start, else since when the job is known. */
const lastStartOf = ({ started_at, since }: JobFacts) => started_at || since || undefined;
