import { t } from '../../i18n/t';
import { getDataSourceSrv } from '@grafana/runtime';
import { DataSourceVariable } from '@grafana/scenes';
import { VariableHide } from '@grafana/schema';
import { SOURCE_VARIABLE } from '../paths';

export const SOURCE_TYPE = 'joblens-history-datasource';

/** The data sources of our type that this person may ask. */
export function joblensSources() {
  return getDataSourceSrv().getList({ pluginId: SOURCE_TYPE });
}

/**
 * Which Joblens the pages ask. It starts with the one that the app's settings name, else Grafana's default, else the
 * first; with only one there is nothing to choose.
 */
export function createSourceVariable(preferred: string | undefined): DataSourceVariable {
  const sources = joblensSources();
  const start =
    sources.find(({ uid }) => uid === preferred) ?? sources.find(({ isDefault }) => isDefault) ?? sources[0];
  return new DataSourceVariable({
    name: SOURCE_VARIABLE,
    label: t('source.label', 'Data source'),
    pluginId: SOURCE_TYPE,
    value: start?.uid ?? '',
    text: start?.name ?? '',
    hide: sources.length > 1 ? VariableHide.dontHide : VariableHide.hideVariable,
  });
}
