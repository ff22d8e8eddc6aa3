import { getTimeZone } from '@grafana/data';
import { config } from '@grafana/runtime';

/**
 * Whose days and weeks are asked for. Grafana tells neither to the backend of a data source, so that both go along with
 * the query; a week begins on Monday unless a preference says otherwise.
 */
export function calendarOf(timezone: string): { timeZone: string; weekStart?: string } {
  const zone = getTimeZone({ timeZone: timezone || undefined });
  const { weekStart } = config.bootData?.user ?? {};
  return {
    timeZone: zone === 'browser' ? Intl.DateTimeFormat().resolvedOptions().timeZone : zone,
    ...(weekStart && weekStart !== 'browser' ? { weekStart } : {}),
  };
}
