import type { ComponentType } from 'react';
import {
  identityOverrideProcessor,
  PanelPlugin,
  PluginType,
  standardFieldConfigEditorRegistry,
  type PanelProps,
} from '@grafana/data';
import { NO_INFO } from '../noInfo';
import { HeatmapStandIn } from './HeatmapStandIn';
import { TimeSeriesStandIn } from './TimeSeriesStandIn';

/** Grafana's own panels ship in no package: plain stand-ins draw what those would be given. */
const STAND_INS: Record<string, ComponentType<PanelProps>> = {
  timeseries: TimeSeriesStandIn,
  heatmap: HeatmapStandIn,
};

/** Of all that a panel can say of a field the stand-ins know its colour. Grafana has a list of its own, in no package. */
standardFieldConfigEditorRegistry.setInit(() => [
  {
    id: 'color',
    path: 'color',
    name: 'Color',
    description: '',
    settings: {},
    editor: () => null,
    override: () => null,
    process: identityOverrideProcessor,
    shouldApply: () => true,
    getItemsCount: () => 0,
  },
]);

export async function importPanelPlugin(id: string): Promise<PanelPlugin> {
  const standIn = STAND_INS[id];
  if (!standIn) {
    throw new Error(`The page has nothing in place of Grafana's panel ${id}.`);
  }
  const plugin = new PanelPlugin(standIn).useFieldConfig();
  plugin.meta = { id, name: id, type: PluginType.panel, module: '', baseUrl: '', sort: 1, info: NO_INFO };
  return plugin;
}
