import { DataSourcePlugin } from '@grafana/data';
import { ConfigEditor } from './config/ConfigEditor';
import { JoblensDataSource } from './datasource';
import { QueryEditor } from './editor/QueryEditor';
import type { JoblensOptions, JoblensQuery, JoblensSecrets } from './types';

export const plugin = new DataSourcePlugin<JoblensDataSource, JoblensQuery, JoblensOptions, JoblensSecrets>(
  JoblensDataSource
)
  .setConfigEditor(ConfigEditor)
  .setQueryEditor(QueryEditor);
