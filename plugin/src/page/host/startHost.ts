import { FakeEchoSrv, setBackendSrv, setDataSourceSrv, setEchoSrv, setTemplateSrv } from '@grafana/runtime';
import { createBackendSrv } from './backendSrv';
import { createDataSourceSrv } from './dataSourceSrv';
import { registerSharedModules } from './sharedModules';
import { createTemplateSrv } from './templateSrv';

/** Gives the plugin the services that Grafana would give it. */
export function startHost(): void {
  setEchoSrv(new FakeEchoSrv());
  setTemplateSrv(createTemplateSrv());
  setBackendSrv(createBackendSrv());
  setDataSourceSrv(createDataSourceSrv());
  registerSharedModules();
}
