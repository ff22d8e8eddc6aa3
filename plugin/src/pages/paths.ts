import { locationUtil, urlUtil, type UrlQueryMap } from '@grafana/data';
import { locationService } from '@grafana/runtime';

export const APP_ID = 'joblens-history-app';
/** What Grafana's menu calls the app; a name, the same in every language. */
export const APP_NAME = 'Joblens';
export const APP_URL = `/a/${APP_ID}`;

/** The pages of the app; a page's name is the last part of its path. */
export const PAGES = ['now', 'history', 'jobs', 'job', 'run', 'failures', 'trends', 'settings'] as const;
export type PageName = (typeof PAGES)[number];

/** The scene variable that holds the uid of the data source in use. */
export const SOURCE_VARIABLE = 'ds';

/** What goes along from page to page: the time range, how often it is asked for anew, and the data source. */
export const KEPT_PARAMS = ['from', 'to', 'timezone', 'refresh', `var-${SOURCE_VARIABLE}`];

export function pageUrl(page: PageName): string {
  return `${APP_URL}/${page}`;
}

export type PageParams = Record<string, string | number | undefined | null>;

/**
 * The address of a page. Names of jobs and runs stand in the query string only: "/", "%" and ".." do not survive
 * Grafana's routing as parts of a path. `tab` is a part of the path.
 */
export function hrefTo(page: PageName, params: PageParams = {}, tab?: string): string {
  const kept = pick(locationService.getSearchObject(), KEPT_PARAMS);
  return locationUtil.assureBaseUrl(
    urlUtil.renderUrl(tab ? `${pageUrl(page)}/${tab}` : pageUrl(page), { ...kept, ...defined(params) })
  );
}

/** Opens a page in place. `href` comes from {@link hrefTo}. */
export function goTo(href: string): void {
  locationService.push(locationUtil.stripBaseFromUrl(href));
}

function pick(query: UrlQueryMap, names: readonly string[]): UrlQueryMap {
  return Object.fromEntries(Object.entries(query).filter(([name]) => names.includes(name)));
}

function defined(params: PageParams): UrlQueryMap {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) =>
      value === undefined || value === null || value === '' ? [] : [[name, value]]
    )
  );
}
