import type { TimeRange } from '@grafana/data';
import type { JoblensDataSource } from '../datasource';
import type { JoblensQuery, QueryFields } from '../types';

/** What every field of the editor gets: it shows its part of the query and says what changed. */
export interface FieldProps {
  query: JoblensQuery;
  onChange: (change: Partial<QueryFields>) => void;
  /** Makes ids unique where a page shows several editors. */
  id: string;
}

/** For fields that suggest values from the store. */
export interface SuggestingProps extends FieldProps {
  datasource: JoblensDataSource;
  range?: TimeRange;
}
