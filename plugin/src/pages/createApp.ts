import { SceneApp } from '@grafana/scenes';
import { APP_ID } from './paths';
import { ROUTES } from './routes';
import { RoutedPage } from './scene/RoutedPage';
import type { AppSettings } from './settings/appSettings';

/** The app: one route for each page. */
export function createApp(settings: AppSettings): SceneApp {
  return new SceneApp({
    name: APP_ID,
    urlSyncOptions: { createBrowserHistorySteps: true },
    pages: ROUTES.map((route) => new RoutedPage(route, settings)),
  });
}
