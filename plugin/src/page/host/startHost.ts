import {
  FakeEchoSrv,
  setBackendSrv,
  setDataSourceSrv,
  setEchoSrv,
  setPluginImportUtils,
  setRunRequest,
  setTemplateSrv,
} from '@grafana/runtime';
import i18next from 'i18next';
import { createBackendSrv } from './backendSrv';
import { createDataSourceSrv } from './dataSourceSrv';
import { importPanelPlugin } from './corePanels/importPanelPlugin';
import { runRequest } from './runRequest';
import { registerSharedModules } from './sharedModules';
import { createTemplateSrv } from './templateSrv';

/** Gives the plugin the services that Grafana would give it. */
export function startHost(): void {
  void i18next.init({ resources: {}, lng: 'en-US', returnEmptyString: false, showSupportNotice: false });
  setEchoSrv(new FakeEchoSrv());
  setTemplateSrv(createTemplateSrv());
  setBackendSrv(createBackendSrv());
  setDataSourceSrv(createDataSourceSrv());
  setRunRequest(runRequest);
  setPluginImportUtils({ importPanelPlugin, getPanelPluginFromCache: () => undefined });
  registerSharedModules();
}
