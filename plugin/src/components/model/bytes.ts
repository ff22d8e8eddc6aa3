const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A size as people read it: "1.4 GB". */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const value = bytes / 1000 ** power;
  return `${Number(value.toPrecision(power === 0 || value >= 100 ? 3 : 2))} ${UNITS[power]}`;
}
