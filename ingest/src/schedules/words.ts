const UNITS: ReadonlyArray<[ms: number, name: string, least: number]> = [
  [86_400_000, 'd', 2 * 86_400_000],
  [3_600_000, 'h', 3_600_000],
  [60_000, 'min', 60_000],
  [1000, 's', 1000],
];

/** A duration in milliseconds as people round it: "6 h", "3 h 12 min", "41 min", "4 s", "300 ms". */
export function roughly(ms: number): string {
  const index = UNITS.findIndex(([, , least]) => ms >= least * 0.995);
  const unit = UNITS[index];
  if (!unit) {
    return `${Math.round(ms)} ms`;
  }
  const smaller = UNITS[index + 1];
  const whole = Math.floor((ms + unit[0] * 0.005) / unit[0]);
  const rest = smaller ? Math.round((ms - whole * unit[0]) / smaller[0]) : 0;
  // Past ten of a unit nobody asks for the smaller one.
  if (whole >= 10 || !smaller || rest <= 0 || smaller[1] === 's') {
    return `${Math.round(ms / unit[0])} ${unit[1]}`;
  }
  return `${whole} ${unit[1]} ${rest} ${smaller[1]}`;
}

/** What is usual of a job, in words: "usually every 6 h, 4 min". Empty where nothing is. */
export function usually(every: number | null, duration: number | null): string {
  const parts = [every === null ? '' : `every ${roughly(every)}`, duration === null ? '' : roughly(duration)];
  const said = parts.filter((part) => part !== '').join(', ');
  return said === '' ? '' : `usually ${said}`;
}

/** "twice", "5 times". */
export const times = (count: number) => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);

/** A moment as a clock in the zone shows it, with the day where it is not today's. */
export function clockTime(ms: number, now: number, timeZone: string): string {
  const day = (moment: number) => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(moment);
  const time = new Intl.DateTimeFormat('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit' }).format(ms);
  return day(ms) === day(now)
    ? time
    : `${new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'short' }).format(ms)}, ${time}`;
}
