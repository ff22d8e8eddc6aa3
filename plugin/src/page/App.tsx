import { lazy, Suspense, useMemo } from 'react';
import { css, Global } from '@emotion/react';
import { createTheme, ThemeContext } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { GlobalStyles, PortalContainer } from '@grafana/ui';
import { APP_URL } from '../pages/paths';
import { useThemeMode } from './useThemeMode';

const HistoryPage = lazy(() => import('./HistoryPage'));
const AppPage = lazy(() => import('./AppPage'));

/** The panel at `/`, the app's pages where Grafana has them. */
export function App() {
  const { mode, toggle } = useThemeMode();
  const theme = useMemo(() => createTheme({ colors: { mode } }), [mode]);
  const Page = locationService.getLocation().pathname.startsWith(APP_URL) ? AppPage : HistoryPage;
  return (
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <Global styles={FULL_HEIGHT} />
      <Suspense fallback={null}>
        <Page mode={mode} onToggleMode={toggle} />
      </Suspense>
      <PortalContainer />
    </ThemeContext.Provider>
  );
}

const FULL_HEIGHT = css({ 'html, body, #joblens': { height: '100%', margin: 0 } });
