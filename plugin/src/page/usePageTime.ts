import { useCallback, useEffect, useMemo, useState } from 'react';
import { dateTime, rangeUtil, type RawTimeRange, type TimeRange, type TimeZone } from '@grafana/data';
import { locationService } from '@grafana/runtime';

const DEFAULT_RANGE: RawTimeRange = { from: 'now-24h', to: 'now' };

export interface PageTime {
  range: TimeRange;
  timeZone: TimeZone;
  setRange(raw: RawTimeRange): void;
  setTimeZone(timeZone: TimeZone): void;
}

/** The time range of the page, kept in the URL as Grafana writes it; `now` moves on with every refresh. */
export function usePageTime(refresh: number): PageTime {
  const [search, setSearch] = useState(() => locationService.getLocation().search);
  useEffect(() => {
    const subscription = locationService.getLocationObservable().subscribe((location) => setSearch(location.search));
    return () => subscription.unsubscribe();
  }, []);
  const params = new URLSearchParams(search);
  const [from, to] = [params.get('from') ?? undefined, params.get('to') ?? undefined];
  const timeZone = params.get('timezone') ?? 'browser';
  const range = useMemo(
    () => rangeUtil.convertRawToRange(toRaw(from, to), timeZone),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a refresh moves "now"
    [from, to, timeZone, refresh]
  );
  const setRange = useCallback(
    ({ from, to }: RawTimeRange) => locationService.partial({ from: toParam(from), to: toParam(to) }),
    []
  );
  const setTimeZone = useCallback((timezone: TimeZone) => locationService.partial({ timezone }), []);
  return { range, timeZone, setRange, setTimeZone };
}

function toRaw(from: string | undefined, to: string | undefined): RawTimeRange {
  const raw = { from: toMoment(from) ?? DEFAULT_RANGE.from, to: toMoment(to) ?? DEFAULT_RANGE.to };
  const { from: start, to: end } = rangeUtil.convertRawToRange(raw);
  return start.isValid() && end.isValid() && start.isBefore(end) ? raw : DEFAULT_RANGE;
}

/** Digits are epoch milliseconds, anything else is a text such as `now-7d`. */
function toMoment(param: string | undefined) {
  return param !== undefined && /^\d+$/.test(param) ? dateTime(Number(param)) : param;
}

function toParam(value: RawTimeRange['from']): string {
  return typeof value === 'string' ? value : String(value.valueOf());
}
