import { PanelPlugin } from '@grafana/data';
import { JobHistoryPanel } from './JobHistoryPanel';
import { DEFAULT_PREFIX, type PanelOptions } from './options';

export const plugin = new PanelPlugin<PanelOptions>(JobHistoryPanel).setPanelOptions((builder) =>
  builder.addTextInput({
    path: 'urlPrefix',
    name: 'Name in the URL',
    description:
      'Open run, filters and line stand in the URL under this name. Two Job History panels on one dashboard need two names.',
    defaultValue: DEFAULT_PREFIX,
  })
);
