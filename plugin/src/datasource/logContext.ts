import {
  type DataQueryRequest,
  dateTime,
  type LogRowContextOptions,
  LogRowContextQueryDirection,
  type LogRowModel,
  type TimeRange,
} from '@grafana/data';
import { t } from '../i18n/t';
import type { JoblensQuery } from './types';

const DEFAULT_LIMIT = 100;
const DAY_MS = 86_400_000;

/**
 * Asks for the lines beside a line, in the same run: `past` is read by the service in the log's own order, so that lines of
 * one time come in place, none twice and none left out.
 */
export function contextQuery(
  row: Pick<LogRowModel, 'labels' | 'rowId' | 'dataFrame'>,
  { direction = LogRowContextQueryDirection.Backward, limit = DEFAULT_LIMIT }: LogRowContextOptions = {}
): JoblensQuery {
  const { job, run } = row.labels;
  if (!job || !run || !row.rowId) {
    throw new Error(
      t('logContext.no-run', 'This line does not say of which run it is, so there is nothing to show around it.')
    );
  }
  return {
    refId: `context-${row.dataFrame.refId ?? 'A'}`,
    question: 'lines',
    job,
    run,
    past: row.rowId,
    direction: direction === LogRowContextQueryDirection.Forward ? 'forward' : 'backward',
    limit,
  };
}

/** The whole log of the line's run, for Explore's "open in split view". */
export function runLogQuery(row: Pick<LogRowModel, 'labels' | 'dataFrame'>): JoblensQuery {
  const { job, run } = row.labels;
  return { refId: row.dataFrame.refId ?? 'A', question: 'lines', job, run, direction: 'forward' };
}

/** A request of that one query. A run is read whole, so the range only has to be one. */
export function contextRequest(
  query: JoblensQuery,
  row: Pick<LogRowModel, 'timeEpochMs'>
): DataQueryRequest<JoblensQuery> {
  const range: TimeRange = {
    from: dateTime(row.timeEpochMs - DAY_MS),
    to: dateTime(row.timeEpochMs + DAY_MS),
    raw: { from: dateTime(row.timeEpochMs - DAY_MS), to: dateTime(row.timeEpochMs + DAY_MS) },
  };
  return {
    requestId: `joblens-context-${query.refId}-${query.direction}-${query.past}`,
    app: 'explore',
    interval: '1m',
    intervalMs: 60_000,
    range,
    scopedVars: {},
    startTime: Date.now(),
    targets: [query],
    timezone: 'browser',
  };
}
