import { PanelPlugin, PluginType, type PanelProps } from '@grafana/data';
import { NO_INFO } from './noInfo';

/** Grafana's own panels ship in no package: a plain stand-in says what it was given. */
export async function importPanelPlugin(id: string): Promise<PanelPlugin> {
  const plugin = new PanelPlugin(StandIn);
  plugin.meta = { id, name: id, type: PluginType.panel, module: '', baseUrl: '', sort: 1, info: NO_INFO };
  return plugin;
}

function StandIn({ data }: PanelProps) {
  return (
    <pre>
      {data.series.map((s) => `${s.name ?? ''} ${s.fields.map((f) => f.name).join(',')} ${s.length}`).join('\n')}
    </pre>
  );
}
