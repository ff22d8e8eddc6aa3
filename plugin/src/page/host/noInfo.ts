import type { PluginMetaInfo } from '@grafana/data';

/** What the page says about a plugin, where Grafana would say what stands in its plugin.json. */
export const NO_INFO: PluginMetaInfo = {
  author: { name: 'Joblens' },
  description: '',
  links: [],
  logos: { large: '', small: '' },
  screenshots: [],
  updated: '',
  version: '',
};
