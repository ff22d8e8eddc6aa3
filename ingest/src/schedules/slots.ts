import type { Slot } from '../model/schedule.js';
import { wasThere, type Span } from './alive.js';
import { earlyOf, graceOf, scheduleOf, type Terms } from './terms.js';

/** A slot that is over: its grace has passed. Epoch milliseconds. */
export interface DueSlot {
  slot: Slot;
  /** When it was due at the latest. */
  due: number;
  /** A run that starts in [from, to) is this slot's. */
  from: number;
  to: number;
}

const MOST = 2000;
const NEVER = Date.UTC(2299, 0);

/** The slots of a job whose grace ended in (after, upTo], oldest first; the newest where there are too many. */
export function dueSlots(terms: Terms, after: number, upTo: number, last: number | undefined): DueSlot[] {
  const schedule = scheduleOf(terms);
  if (!schedule) {
    return [];
  }
  const grace = graceOf(terms);
  // The last run may be years ago: what lies before (after, upTo] is not counted through.
  const begin =
    schedule.kind === 'interval'
      ? Math.max(last ?? 0, after - grace - 1, upTo - grace - MOST * schedule.shortest)
      : (schedule.before(after - grace)?.at ?? after - grace) - 1;
  const found: DueSlot[] = [];
  for (let slot = schedule.after(begin, last); slot && slot.at + grace <= upTo;) {
    const next = schedule.after(slot.at, last);
    const due = slot.until + grace;
    if (due <= upTo && due > after) {
      // Whatever ran within an interval before the slot put the slot off.
      const from = schedule.kind === 'interval' ? (last ?? 0) + 1 : slot.at - earlyOf(slot, next);
      found.push({ slot, due, from, to: next ? next.at - earlyOf(slot, next) : NEVER });
      if (found.length > MOST) {
        found.shift();
      }
    }
    slot = next;
  }
  return found;
}

/** What is to be said of a slot that nobody kept. */
export function verdict({ slot, due, from }: DueSlot, spans: readonly Span[]): 'missed' | 'unknown' {
  // Schedulers differ in what they do with a time that a clock change leaves out, and nobody can tell of a time that
  // no service was there for.
  return slot.leftOut || !wasThere(spans, Math.max(from, slot.at - 60_000), due) ? 'unknown' : 'missed';
}

/** The id of what stands for a slot: any service makes the same one. */
export const slotRun = (slot: Slot) => `slot-${new Date(slot.at).toISOString()}`;
