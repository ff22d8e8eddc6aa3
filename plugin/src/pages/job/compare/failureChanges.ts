import type { Failure } from '../../failures/failures';
import type { Periods } from './usePeriods';

/** A way to fail, and what became of it: `new` in the range, `gone` since the time before, or in `both`. */
export interface FailureChange {
  change: 'new' | 'gone' | 'both';
  /** As it was last seen. */
  failure: Failure;
  now: number;
  before: number;
}

const ORDER: ReadonlyArray<FailureChange['change']> = ['new', 'both', 'gone'];

/** New ones first, then those of both times, then those that are gone; the most frequent first. */
export function failureChanges({ now, before }: Periods): FailureChange[] {
  const here = new Map(now.failures.map((failure) => [failure.fingerprint, failure]));
  const there = new Map(before.failures.map((failure) => [failure.fingerprint, failure]));
  return [...new Map([...there, ...here]).values()]
    .map((failure): FailureChange => {
      const counts = {
        now: here.get(failure.fingerprint)?.count ?? 0,
        before: there.get(failure.fingerprint)?.count ?? 0,
      };
      const change = counts.before === 0 ? 'new' : counts.now === 0 ? 'gone' : 'both';
      return { change, failure, ...counts };
    })
    .sort((a, b) => ORDER.indexOf(a.change) - ORDER.indexOf(b.change) || b.now - a.now || b.before - a.before);
}
