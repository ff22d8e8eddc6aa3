import type { ComponentType } from 'react';
import {
  EmbeddedScene,
  SceneAppPage,
  SceneRefreshPicker,
  SceneTimePicker,
  SceneTimeRange,
  SceneVariableSet,
  VariableValueSelectors,
  type SceneAppPageState,
  type SceneObject,
  type VizPanel,
} from '@grafana/scenes';
import type { RunFilter } from '../../components/client/types';
import { KEPT_PARAMS, pageUrl, type PageName } from '../paths';
import type { AppSettings } from '../settings/appSettings';
import { ControlRow } from './ControlRow';
import { createSourceVariable } from './source';
import { View } from './View';

const INTERVALS = ['5s', '10s', '30s', '1m', '5m', '15m', '1h'];

interface Content {
  view: ComponentType;
  /** Narrows every question of the view. */
  filters?: RunFilter[];
  /** Grafana's own panels that the view places, by their keys. */
  panels?(): VizPanel[];
}

interface PageTab extends Content {
  /** Part of the path; "" for the tab that is open first. */
  path: string;
  title: string;
}

type Crumb = Pick<PageOptions, 'name' | 'title' | 'keep'>;

export interface PageOptions extends Pick<SceneAppPageState, 'subTitle' | 'renderTitle'> {
  name: PageName;
  title: string;
  /** Where the time range starts unless the URL says otherwise, such as "now-7d"; false for a page without a range. */
  from: string | false;
  /** Pages above this one in the breadcrumbs, the outermost first; asked whenever the URL changes. */
  parents?(): Crumb[];
  /** Parameters beside the usual ones that the page's own breadcrumb and tabs keep. */
  keep?: readonly string[];
  content?: Content;
  tabs?: PageTab[];
}

/** A page with Grafana's own breadcrumbs, tabs, data source, time and refresh pickers. */
export function createPage({ from, content, tabs, ...options }: PageOptions, settings: AppSettings): SceneAppPage {
  const link = linkOf(options);
  return new SceneAppPage({
    ...link,
    subTitle: options.subTitle,
    renderTitle: options.renderTitle,
    $timeRange: new SceneTimeRange({ from: from || 'now-24h', to: 'now' }),
    $variables: new SceneVariableSet({ variables: [createSourceVariable(settings.dataSource)] }),
    controls: [new ControlRow({ controls: pickers(from !== false) })],
    ...(content && { getScene: () => createScene(content) }),
    ...(tabs && { tabs: tabs.map((tab) => createTab(tab, link)) }),
  });
}

function pickers(withTime: boolean): SceneObject[] {
  return [
    new VariableValueSelectors({}),
    ...(withTime ? [new SceneTimePicker({ isOnCanvas: true })] : []),
    // Without its text the button would have no name.
    new SceneRefreshPicker({ intervals: INTERVALS, autoEnabled: false, isOnCanvas: true, withText: true }),
  ];
}

type PageLink = ReturnType<typeof linkOf>;

/** What a page's breadcrumb is made of. */
function linkOf({ name, title, keep = [], parents }: Crumb & Pick<PageOptions, 'parents'>) {
  return {
    title,
    url: pageUrl(name),
    routePath: '*',
    preserveUrlKeys: [...KEPT_PARAMS, ...keep],
    ...(parents && { getParentPage: () => parentOf(parents()) }),
  };
}

function parentOf(crumbs: Crumb[]): SceneAppPage {
  const [parent, above] = [crumbs.at(-1), crumbs.slice(0, -1)];
  if (!parent) {
    throw new Error('A page that has parents names none.');
  }
  return new SceneAppPage(linkOf({ ...parent, ...(above.length > 0 && { parents: () => above }) }));
}

function createTab({ path, title, ...content }: PageTab, page: PageLink): SceneAppPage {
  return new SceneAppPage({
    title,
    url: path === '' ? page.url : `${page.url}/${path}`,
    routePath: path,
    preserveUrlKeys: page.preserveUrlKeys,
    getScene: () => createScene(content),
  });
}

function createScene({ view, filters, panels }: Content): EmbeddedScene {
  return new EmbeddedScene({ body: new View({ view, filters, panels: panels?.() }) });
}
