import { PanelPlugin } from '@grafana/data';

export const plugin = new PanelPlugin(() => <p>The Job History panel comes here.</p>);
