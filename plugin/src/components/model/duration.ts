const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A duration in milliseconds as people say it: "640 ms", "12.4 s", "3 m 08 s", "2 h 05 m", "1 d 4 h". */
export function formatDuration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) {
    return '–';
  }
  return ms < 0 ? `−${formatLength(-ms)}` : formatLength(ms);
}

function formatLength(ms: number): string {
  if (Math.round(ms) < SECOND) {
    return unit(Math.round(ms), 'ms');
  }
  const tenths = Math.round(ms / 100) / 10;
  if (tenths < 60) {
    return unit(tenths, 's');
  }
  const seconds = Math.round(ms / SECOND);
  if (seconds * SECOND < HOUR) {
    return pair(Math.floor(seconds / 60), 'm', seconds % 60, 's');
  }
  const minutes = Math.round(ms / MINUTE);
  if (minutes * MINUTE < DAY) {
    return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'm');
  }
  const hours = Math.round(ms / HOUR);
  return `${unit(Math.floor(hours / 24), 'd')} ${unit(hours % 24, 'h')}`;
}

const unit = (value: number, name: string) => `${value}\u00a0${name}`;
const pair = (big: number, bigName: string, small: number, smallName: string) =>
  `${unit(big, bigName)} ${String(small).padStart(2, '0')}\u00a0${smallName}`;

/** One unit only, for axes: "45 s", "3 m", "1.5 h". */
export function formatDurationTick(ms: number): string {
  const [size, name] = [[DAY, 'd'] as const, [HOUR, 'h'] as const, [MINUTE, 'm'] as const, [SECOND, 's'] as const].find(
    ([size]) => ms >= size
  ) ?? [1, 'ms'];
  return `${Math.round((ms / size) * 10) / 10} ${name}`;
}

/** Execution time in hours, as it is planned and paid: "447.2 h"; under an hour as durations are. */
export function formatTotal(ms: number | undefined): string {
  return ms === undefined || ms < HOUR
    ? formatDuration(ms)
    : `${(ms / HOUR).toLocaleString('en', { maximumFractionDigits: ms < 10 * DAY ? 1 : 0 })}\u00a0h`;
}
