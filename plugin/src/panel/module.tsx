import { PanelPlugin } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { t } from '../i18n/t';
import { JobHistoryPanel } from './JobHistoryPanel';
import { DEFAULT_PREFIX, type PanelOptions } from './options';
import pluginJson from './plugin.json';

// Grafana has loaded the words of this plugin before; this is done long before anything is drawn.
void initPluginTranslations(pluginJson.id);

export const plugin = new PanelPlugin<PanelOptions>(JobHistoryPanel).setPanelOptions((builder) =>
  builder.addTextInput({
    path: 'urlPrefix',
    name: t('panel.prefix.name', 'Name in the URL'),
    description: t(
      'panel.prefix.help',
      'Open run, filters and line stand in the URL under this name. Two Job History panels on one dashboard need two names.'
    ),
    defaultValue: DEFAULT_PREFIX,
  })
);
