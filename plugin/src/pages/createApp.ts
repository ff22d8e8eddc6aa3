import { lazy } from 'react';
import { SceneApp } from '@grafana/scenes';
import { APP_ID } from './paths';
import { RoutedPage, type PageRoute } from './scene/RoutedPage';
import type { AppSettings } from './settings/appSettings';

const ROUTES: PageRoute[] = [
  {
    name: 'history',
    page: () => ({
      title: 'Job history',
      from: 'now-24h',
      content: { view: lazy(() => import('./history/HistoryView')) },
    }),
  },
];

/** The app: one route for each page. */
export function createApp(settings: AppSettings): SceneApp {
  return new SceneApp({
    name: APP_ID,
    urlSyncOptions: { createBrowserHistorySteps: true },
    pages: ROUTES.map((route) => new RoutedPage(route, settings)),
  });
}
