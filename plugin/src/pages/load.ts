import { initPluginTranslations } from '@grafana/i18n';
import { loadResources } from '@grafana/scenes';
import App from './App';
import { APP_ID } from './paths';

/** The app, once the words of Grafana's scenes are there in the reader's language. */
export async function loadApp() {
  await initPluginTranslations(APP_ID, [loadResources]);
  return { default: App };
}
