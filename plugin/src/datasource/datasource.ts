import {
  type AdHocVariableFilter,
  CoreApp,
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceGetTagKeysOptions,
  type DataSourceGetTagValuesOptions,
  type DataSourceInstanceSettings,
  type DataSourceWithLogsContextSupport,
  type DataSourceWithQueryModificationSupport,
  type DataSourceWithSupplementaryQueriesSupport,
  type DataSourceWithToggleableQueryFiltersSupport,
  getDefaultTimeRange,
  type LogRowContextOptions,
  type LogRowModel,
  type MetricFindValue,
  type QueryFilterOptions,
  type QueryFixAction,
  type ScopedVars,
  type SupplementaryQueryOptions,
  SupplementaryQueryType,
  type TimeRange,
  type ToggleFilterAction,
} from '@grafana/data';
import { DataSourceWithBackend, getTemplateSrv } from '@grafana/runtime';
import { firstValueFrom, map, type Observable } from 'rxjs';
import { annotationSupport } from './annotations';
import { calendarOf } from './calendar';
import { FIELD_LABELS, fieldsFor, FIXED_VALUES, parseField } from './fields';
import { interpolate } from './interpolate';
import { liveTail } from './liveTail';
import { withLinks, withoutHidden } from './links';
import { contextQuery, contextRequest, runLogQuery } from './logContext';
import {
  hasFilter,
  modifyQuery,
  QUERY_MODIFICATIONS,
  supplementaryQuery,
  supplementaryRequest,
  toggleFilter,
} from './logs';
import { describeQuery } from './describe';
import { isComplete } from './questions';
import type { JoblensOptions, JoblensQuery } from './types';
import { readValues, toMetricFindValue, type ValueCount, valuesBody, type ValuesWanted } from './values';
import { JoblensVariableSupport } from './variables';
import { t } from '../i18n/t';

/** Asks a Joblens service its questions, through the Go relay that alert rules use too. */
export class JoblensDataSource
  extends DataSourceWithBackend<JoblensQuery, JoblensOptions>
  implements
    DataSourceWithSupplementaryQueriesSupport<JoblensQuery>,
    DataSourceWithQueryModificationSupport<JoblensQuery>,
    DataSourceWithToggleableQueryFiltersSupport<JoblensQuery>,
    DataSourceWithLogsContextSupport<JoblensQuery>
{
  override annotations = annotationSupport;

  constructor(settings: DataSourceInstanceSettings<JoblensOptions>) {
    super(settings);
    this.variables = new JoblensVariableSupport(this);
  }

  override query(request: DataQueryRequest<JoblensQuery>): Observable<DataQueryResponse> {
    if (request.liveStreaming) {
      return liveTail(this, request);
    }
    const shown = request.app === CoreApp.Explore ? withoutHidden : (frames: DataFrame[]) => frames;
    const calendar = calendarOf(request.timezone);
    const targets = request.targets.map((target) => ({ ...target, ...calendar }));
    return super
      .query({ ...request, targets })
      .pipe(map((answer) => ({ ...answer, data: shown(withLinks(answer.data, this.uid)) })));
  }

  override getDefaultQuery(app: CoreApp): Partial<JoblensQuery> {
    switch (app) {
      case CoreApp.Explore:
        return { question: 'lines' };
      case CoreApp.UnifiedAlerting:
        return { question: 'spike', format: 'numeric' };
      default:
        return { question: 'counts' };
    }
  }

  override filterQuery(query: JoblensQuery): boolean {
    return !query.hide && isComplete(query);
  }

  override applyTemplateVariables(query: JoblensQuery, scopedVars: ScopedVars, filters?: AdHocVariableFilter[]) {
    return interpolate(getTemplateSrv(), query, scopedVars, filters);
  }

  override getQueryDisplayText(query: JoblensQuery): string {
    return describeQuery(query);
  }

  /** The values of a field in a range, for suggestions and variables. */
  async getValues(wanted: ValuesWanted, range: TimeRange = getDefaultTimeRange()): Promise<ValueCount[]> {
    const fixed = FIXED_VALUES[wanted.field];
    if (fixed) {
      return fixed.map((value) => ({ value, count: undefined }));
    }
    const body = valuesBody(wanted, range);
    return readValues(await this.postResource<unknown>('v1/query', body, { showErrorAlert: false }));
  }

  /** The fields to filter by, and the tags that runs have in the dashboard's range. */
  override async getTagKeys(options?: DataSourceGetTagKeysOptions<JoblensQuery>): Promise<MetricFindValue[]> {
    const tags = await this.getValues({ field: 'tag' }, options?.timeRange);
    return [
      ...fieldsFor(true).map((field) => ({ text: FIELD_LABELS[field], value: field })),
      ...tags.map(({ value }) => ({ text: t('datasource.tag', 'Tag {{value}}', { value }), value: `tag:${value}` })),
    ];
  }

  override async getTagValues({
    key,
    filters,
    timeRange,
  }: DataSourceGetTagValuesOptions<JoblensQuery>): Promise<MetricFindValue[]> {
    const field = parseField(key);
    if (field === undefined) {
      return [];
    }
    const query: JoblensQuery = { refId: 'tags', question: 'values' };
    const { filters: others } = interpolate(getTemplateSrv(), query, {}, filters);
    return (await this.getValues({ field, filters: others }, timeRange)).map(toMetricFindValue);
  }

  async findRunKey(query: JoblensQuery): Promise<string | undefined> {
    const { key, job, run } = this.applyTemplateVariables(query, {});
    if (key || !job || !run) {
      return key;
    }
    const answer = await this.getResource<unknown>('v1/run', { job, run });
    const found: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'key') : undefined;
    return typeof found === 'string' ? found : undefined;
  }

  getSupportedSupplementaryQueryTypes(): SupplementaryQueryType[] {
    return [SupplementaryQueryType.LogsVolume, SupplementaryQueryType.LogsSample];
  }

  getSupplementaryQuery(options: SupplementaryQueryOptions, query: JoblensQuery): JoblensQuery | undefined {
    return supplementaryQuery(query, options);
  }

  getSupplementaryRequest(
    type: SupplementaryQueryType,
    request: DataQueryRequest<JoblensQuery>,
    options?: SupplementaryQueryOptions
  ): DataQueryRequest<JoblensQuery> | undefined {
    return supplementaryRequest(type, request, options);
  }

  getSupportedQueryModifications(): string[] {
    return QUERY_MODIFICATIONS;
  }

  override modifyQuery(query: JoblensQuery, action: QueryFixAction): JoblensQuery {
    return modifyQuery(query, action);
  }

  toggleQueryFilter(query: JoblensQuery, filter: ToggleFilterAction): JoblensQuery {
    return toggleFilter(query, filter);
  }

  queryHasFilter(query: JoblensQuery, filter: QueryFilterOptions): boolean {
    return hasFilter(query, filter);
  }

  async getLogRowContext(row: LogRowModel, options?: LogRowContextOptions): Promise<DataQueryResponse> {
    return firstValueFrom(this.query(contextRequest(contextQuery(row, options), row)));
  }

  async getLogRowContextQuery(row: LogRowModel): Promise<JoblensQuery> {
    return runLogQuery(row);
  }
}
