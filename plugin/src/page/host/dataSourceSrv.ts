import { PluginType, type DataSourceApi, type DataSourceInstanceSettings } from '@grafana/data';
import type { DataSourceSrv } from '@grafana/runtime';
import { loadDataSource } from './loadPlugin';
import { NO_INFO } from './noInfo';

export const DATA_SOURCE_REF = { type: 'joblens-history-datasource', uid: 'joblens' };

/** The one data source of the page: the real class, asking the service that serves the page. */
export function createDataSourceSrv(): DataSourceSrv {
  let instance: Promise<DataSourceApi> | undefined;
  return {
    get: () => (instance ??= loadDataSource().then((plugin) => new plugin.DataSourceClass(SETTINGS))),
    getList: () => [SETTINGS],
    getInstanceSettings: () => SETTINGS,
    reload: () => undefined,
    registerRuntimeDataSource: () => undefined,
  };
}

const SETTINGS: DataSourceInstanceSettings = {
  ...DATA_SOURCE_REF,
  id: 1,
  name: 'Joblens',
  url: window.location.origin,
  access: 'proxy',
  readOnly: true,
  jsonData: {},
  meta: {
    id: DATA_SOURCE_REF.type,
    name: 'Joblens',
    type: PluginType.datasource,
    module: '',
    baseUrl: '',
    info: NO_INFO,
  },
};
