import { AppPlugin, DataSourcePlugin, PanelPlugin, type DataSourceApi } from '@grafana/data';
import { isRecord } from '../../components/model/narrow';
import { roleKnown } from './learnRole';
import { loader } from './sharedModules';

/** The built artefacts that Grafana would load, as the service hands them out. */
const APP = '/plugin/module.js';
const PANEL = '/plugin/panel/module.js';
const DATA_SOURCE = '/plugin/datasource/module.js';

export async function loadApp(): Promise<AppPlugin> {
  const plugin = await loadPlugin(APP);
  if (!(plugin instanceof AppPlugin)) {
    throw new Error(`${APP} exports no app.`);
  }
  return plugin;
}

export async function loadPanel(): Promise<PanelPlugin> {
  const plugin = await loadPlugin(PANEL);
  if (!(plugin instanceof PanelPlugin)) {
    throw new Error(`${PANEL} exports no panel.`);
  }
  return plugin;
}

export async function loadDataSource(): Promise<DataSourcePlugin<DataSourceApi>> {
  const plugin = await loadPlugin(DATA_SOURCE);
  if (!(plugin instanceof DataSourcePlugin)) {
    throw new Error(`${DATA_SOURCE} exports no data source.`);
  }
  return plugin;
}

async function loadPlugin(path: string): Promise<unknown> {
  const [module]: unknown[] = await Promise.all([loader.import(new URL(path, window.location.href).href), roleKnown()]);
  return isRecord(module) ? module.plugin : undefined;
}
