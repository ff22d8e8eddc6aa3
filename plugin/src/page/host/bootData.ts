import { storedThemeMode } from '../themeMode';

// `@grafana/runtime` reads these off the window while it is being imported, so this file is imported before it.
window.grafanaBootData = {
  user: {
    theme: storedThemeMode(),
    timezone: 'browser',
    locale: navigator.language,
    regionalFormat: navigator.language,
  },
  settings: { featureToggles: {} },
  navTree: [],
};
window.__grafana_public_path__ = '/public/';
