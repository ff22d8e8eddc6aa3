import { useEffect, useMemo, useState } from 'react';
import { CoreApp, LoadingState, type DataQueryRequest, type PanelData } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { from, isObservable, switchMap } from 'rxjs';
import type { JoblensQuery } from '../datasource/types';
import { DATA_SOURCE_REF } from './host/dataSourceSrv';
import type { PageTime } from './usePageTime';

/** The panel asks for what it shows itself; its query only says whom to ask, and about what. */
const QUERY: JoblensQuery = { refId: 'A', question: 'runs', limit: 1, datasource: DATA_SOURCE_REF };

/** What a dashboard's query runner would give the panel. */
export function usePanelData({ range, timeZone }: PageTime, refresh: number) {
  const [attempt, setAttempt] = useState(0);
  const request = useMemo<DataQueryRequest<JoblensQuery>>(
    () => ({
      app: CoreApp.Dashboard,
      requestId: `page-${refresh}-${attempt}-${range.from.valueOf()}-${range.to.valueOf()}`,
      targets: [QUERY],
      range,
      rangeRaw: range.raw,
      timezone: timeZone,
      interval: '1m',
      intervalMs: 60_000,
      maxDataPoints: 100,
      scopedVars: {},
      startTime: range.to.valueOf(),
      panelId: 1,
    }),
    [range, timeZone, refresh, attempt]
  );
  const [answer, setAnswer] = useState<Pick<PanelData, 'state' | 'series' | 'errors'>>({
    state: LoadingState.Loading,
    series: [],
  });

  useEffect(() => {
    const asked = from(getDataSourceSrv().get(DATA_SOURCE_REF)).pipe(
      switchMap((source) => {
        const response = source.query(request);
        return isObservable(response) ? response : from(response);
      })
    );
    const subscription = asked.subscribe({
      next: ({ data, error, errors = error ? [error] : undefined }) =>
        setAnswer({ state: errors ? LoadingState.Error : LoadingState.Done, series: data, errors }),
      error: (error: unknown) =>
        setAnswer({ state: LoadingState.Error, series: [], errors: [{ message: String(error) }] }),
    });
    return () => subscription.unsubscribe();
  }, [request]);

  const data = useMemo<PanelData>(() => ({ ...answer, timeRange: range, request }), [answer, range, request]);
  const unauthorized = answer.errors?.some(({ status }) => status === 401) ?? false;
  return { data, unauthorized, retry: () => setAttempt((attempt) => attempt + 1) };
}
