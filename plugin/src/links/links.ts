import { PluginExtensionPoints, type AppPlugin, type PluginExtensionPanelContext } from '@grafana/data';
import { isRecord, toText, type UnknownRecord } from '../components/model/narrow';

const HISTORY = '/a/joblens-history-app/history';
const RUN = '/a/joblens-history-app/run';
const SOURCE_TYPE = 'joblens-history-datasource';
const TITLE = 'Open in Joblens';
const DESCRIPTION = 'The runs behind it, on the pages of Joblens';

/** Links to the app from Grafana's own places. plugin.json declares them with the same words. */
export function addLinks(plugin: AppPlugin): AppPlugin {
  return plugin
    .addLink<PluginExtensionPanelContext>({
      title: TITLE,
      description: DESCRIPTION,
      targets: [PluginExtensionPoints.DashboardPanelMenu, PluginExtensionPoints.ExploreToolbarAction],
      path: HISTORY,
      configure: linkOfQueries,
    })
    .addLink<object>({
      title: TITLE,
      description: DESCRIPTION,
      targets: [PluginExtensionPoints.AlertInstanceAction, PluginExtensionPoints.AlertingAlertingRuleAction],
      path: HISTORY,
      configure: linkOfAlert,
    });
}

/** Only where a query asks a Joblens: to the run that it is about, else to the history, with its filter on one job. */
function linkOfQueries(context: object | undefined) {
  const targets = own(context, 'targets');
  const query = Array.isArray(targets) ? targets.find(isOurs) : undefined;
  if (!query) {
    return undefined;
  }
  const uid = isRecord(query.datasource) ? toText(query.datasource.uid) : undefined;
  const filters = Array.isArray(query.filters) ? query.filters.filter(isRecord) : [];
  const only = (field: string) =>
    toText(query[field]) ?? toText(filters.find((filter) => filter.field === field && filter.op === '=')?.value);
  const [key, job, run] = [only('key'), only('job'), only('run')];
  const isRun = key !== undefined || (job !== undefined && run !== undefined);
  return {
    path: isRun ? pathOf({ key, job, run, 'var-ds': uid }, RUN) : pathOf({ job, 'var-ds': uid }),
  };
}

/** An alert's labels name the job; those of other data sources have none. */
function linkOfAlert(context: object | undefined) {
  const instance = own(context, 'instance');
  const held = isRecord(instance) ? instance.labels : own(context, 'labels');
  const labels = isRecord(held) ? held : {};
  const job = toText(labels.job);
  return job === undefined ? undefined : { path: pathOf({ job, status: 'failed,timed_out,missed' }) };
}

function pathOf(params: Record<string, string | undefined>, page = HISTORY): string {
  const search = new URLSearchParams();
  Object.entries(params).forEach(([name, value]) => value !== undefined && search.set(name, value));
  const text = search.toString();
  return text === '' ? page : `${page}?${text}`;
}

const isOurs = (query: unknown): query is UnknownRecord =>
  isRecord(query) && isRecord(query.datasource) && query.datasource.type === SOURCE_TYPE;

/** Grafana keeps a context behind a proxy that throws where what it guards is frozen; this reads past it. */
function own(context: object | undefined, name: string): unknown {
  return context && Object.getOwnPropertyDescriptor(context, name)?.value;
}
