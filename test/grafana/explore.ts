import { SOURCE_TYPE, SOURCE_UID } from './service.js';

/** The address of Explore with one query of ours. */
export function exploreUrl(query: Record<string, unknown>, range = { from: 'now-1h', to: 'now' }): string {
  const datasource = { type: SOURCE_TYPE, uid: SOURCE_UID };
  const pane = { datasource: SOURCE_UID, queries: [{ refId: 'A', datasource, ...query }], range };
  return `/explore?schemaVersion=1&orgId=1&panes=${encodeURIComponent(JSON.stringify({ a: pane }))}`;
}
