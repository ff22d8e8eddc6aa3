import { dueSlots, slotRun } from '../schedules/slots.js';
import { graceOf, termsOf } from '../schedules/terms.js';
import { roughly } from '../schedules/words.js';
import type { JobSpec } from './types.js';

const DAY = 86_400_000;

/** The slots that a job missed since it stopped: as run events, as a service that was there all the time would have made them. */
export function missedRuns({ job, config, stoppedDaysAgo }: JobSpec, now: number): object[] {
  if (stoppedDaysAgo === undefined) {
    return [];
  }
  const terms = termsOf(config);
  return dueSlots(terms, now - stoppedDaysAgo * DAY, now, undefined).map(({ slot, due, from, to }) => ({
    job,
    run: slotRun(slot),
    status: 'missed',
    queued_at: new Date(slot.at).toISOString(),
    time: new Date(due).toISOString(),
    type: config.type,
    message: `no run came within ${roughly(graceOf(terms))}`,
    metadata: { slot: { from, to } },
  }));
}
