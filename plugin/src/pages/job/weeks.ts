/** What one day was like. Times are epoch milliseconds, `total` is execution time in milliseconds. */
export interface Day {
  /** "2026-11-22" in the reader's time zone. */
  date: string;
  start: number;
  end: number;
  runs: number;
  succeeded: number;
  failures: number;
  missed: number;
  total: number;
}

export interface Week {
  /** Monday to Sunday; undefined where the range has no such day. */
  days: Array<Day | undefined>;
  /** The start of a month's first day, where this week holds it. */
  monthStart?: number;
}

/** Days in order as weeks that begin on Monday. */
export function toWeeks(days: readonly Day[]): Week[] {
  const weeks: Week[] = [];
  for (const day of days) {
    const weekday = weekdayOf(day.date);
    let week = weeks.at(-1);
    if (!week || weekday === 0) {
      week = { days: Array.from({ length: 7 }, () => undefined) };
      weeks.push(week);
    }
    week.days[weekday] = day;
    if (day.date.endsWith('-01')) {
      week.monthStart = day.start;
    }
  }
  return weeks;
}

/** 0 for Monday; the date alone says it, whatever the zone. */
function weekdayOf(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}
