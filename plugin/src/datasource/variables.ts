import { CustomVariableSupport, type DataQueryRequest, type DataQueryResponse } from '@grafana/data';
import { getTemplateSrv } from '@grafana/runtime';
import { from, map, type Observable, of } from 'rxjs';
import type { JoblensDataSource } from './datasource';
import { VariableEditor } from './editor/VariableEditor';
import { interpolate } from './interpolate';
import type { JoblensVariableQuery } from './types';
import { toMetricFindValue } from './values';

/** A drop-down of more is searched, not scrolled. */
const VARIABLE_LIMIT = 1000;

/** Dashboard variables: the values that a field has in the dashboard's range, most frequent first. */
export class JoblensVariableSupport extends CustomVariableSupport<JoblensDataSource, JoblensVariableQuery> {
  override editor = VariableEditor;

  constructor(private readonly datasource: JoblensDataSource) {
    super();
  }

  override query({
    targets: [target],
    scopedVars,
    range,
  }: DataQueryRequest<JoblensVariableQuery>): Observable<DataQueryResponse> {
    if (!target?.field) {
      return of({ data: [] });
    }
    const { field, search, filters, limit = VARIABLE_LIMIT } = interpolate(getTemplateSrv(), target, scopedVars);
    return field
      ? from(this.datasource.getValues({ field, search, filters, limit }, range)).pipe(
          map((values) => ({ data: values.map(toMetricFindValue) }))
        )
      : of({ data: [] });
  }
}
