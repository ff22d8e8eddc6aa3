import cronstrue from 'cronstrue';
import { parseSchedule, readSchedule } from '../model/schedule.js';
import { roughly } from './words.js';

/**
 * A schedule as people say it: "At 03:30, Europe/Berlin", "Every 6 h, counted from the start of the last run". Null for text
 * that is no schedule.
 */
export function scheduleInWords(text: string | null | undefined, timezone?: string | null): string | null {
  if (!parseSchedule(text, timezone)) {
    return null;
  }
  const { interval, expression, zone } = readSchedule(text, timezone);
  if (interval !== undefined) {
    return `Every ${roughly(interval)}, counted from the start of the last run`;
  }
  try {
    return `${cronstrue.toString(expression, { use24HourTimeFormat: true })}, ${zone}`;
  } catch {
    // It can be kept, but not said.
    return null;
  }
}
