import { DataSourcePlugin } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { ConfigEditor } from './config/ConfigEditor';
import { JoblensDataSource } from './datasource';
import { QueryEditor } from './editor/QueryEditor';
import pluginJson from './plugin.json';
import type { JoblensOptions, JoblensQuery, JoblensSecrets } from './types';

// Grafana has loaded the words of this plugin before; this is done long before anything is drawn.
void initPluginTranslations(pluginJson.id);

export const plugin = new DataSourcePlugin<JoblensDataSource, JoblensQuery, JoblensOptions, JoblensSecrets>(
  JoblensDataSource
)
  .setConfigEditor(ConfigEditor)
  .setQueryEditor(QueryEditor);
