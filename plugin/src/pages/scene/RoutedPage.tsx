import { useMemo } from 'react';
import { SceneAppPage, type SceneComponentProps } from '@grafana/scenes';
import { useLocation } from 'react-router-dom';
import { pageUrl, type PageName } from '../paths';
import type { AppSettings } from '../settings/appSettings';
import { createPage, type PageOptions } from './createPage';

/** What a page is about, as the query string says it: the values of its subject parameters, "" where one is absent. */
export type Subject = Readonly<Record<string, string>>;

export interface PageRoute {
  name: PageName;
  /** Query parameters that name what the page is about; a page of another subject is another page. */
  subject?: readonly string[];
  page(subject: Subject): Omit<PageOptions, 'name'>;
}

/**
 * A route of the app. Scenes keeps one page for each path; ours is made anew for each visit and each subject, so that
 * the URL alone says what is shown, also where the subject stands in the query string.
 */
export class RoutedPage extends SceneAppPage {
  static override Component = RoutedPageRenderer;

  constructor(
    readonly route: PageRoute,
    readonly settings: AppSettings
  ) {
    super({ title: route.name, url: pageUrl(route.name), routePath: `${route.name}/*` });
  }
}

function RoutedPageRenderer({ model }: SceneComponentProps<SceneAppPage>) {
  if (!(model instanceof RoutedPage)) {
    throw new Error('A page without a route.');
  }
  const { route, settings } = model;
  const subject = useSubject(route.subject ?? []);
  const page = useMemo(
    () => createPage({ ...route.page(subject), name: route.name }, settings),
    [route, settings, subject]
  );
  return <page.Component model={page} key={page.state.key} />;
}

function useSubject(names: readonly string[]): Subject {
  const { search } = useLocation();
  const params = new URLSearchParams(search);
  const text = JSON.stringify(names.map((name) => [name, params.get(name) ?? '']));
  return useMemo(() => Object.fromEntries(JSON.parse(text)), [text]);
}
