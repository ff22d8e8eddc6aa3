import {
  DataTopic,
  LoadingState,
  toDataFrame,
  type DataQueryRequest,
  type DataSourceApi,
  type PanelData,
} from '@grafana/data';
import { toDataQueryError } from '@grafana/runtime';
import { catchError, from, map, of, startWith, type Observable } from 'rxjs';

/** What Grafana's query runner does for a scene: a data source's answers as a panel takes them. */
export function runRequest(
  source: DataSourceApi,
  request: DataQueryRequest,
  query: DataSourceApi['query'] = source.query.bind(source)
): Observable<PanelData> {
  const data = (rest: Partial<PanelData>): PanelData => ({
    state: LoadingState.Done,
    series: [],
    timeRange: request.range,
    request,
    ...rest,
  });
  return from(query(request)).pipe(
    map((response) => {
      const frames = response.data.map((frame) => toDataFrame(frame));
      const errors = response.errors ?? (response.error ? [response.error] : undefined);
      const isAnnotation = (frame: (typeof frames)[number]) => frame.meta?.dataTopic === DataTopic.Annotations;
      return data({
        state: errors ? LoadingState.Error : LoadingState.Done,
        series: frames.filter((frame) => !isAnnotation(frame)),
        annotations: frames.filter(isAnnotation),
        errors,
        error: errors?.[0],
      });
    }),
    catchError((error: unknown) => {
      const reason = toDataQueryError(error);
      return of(data({ state: LoadingState.Error, errors: [reason], error: reason }));
    }),
    startWith(data({ state: LoadingState.Loading }))
  );
}
