import { useMemo } from 'react';
import { css, Global } from '@emotion/react';
import { createTheme, ThemeContext } from '@grafana/data';
import { GlobalStyles, PortalContainer } from '@grafana/ui';
import { HistoryPage } from './HistoryPage';
import { useThemeMode } from './useThemeMode';

export function App() {
  const { mode, toggle } = useThemeMode();
  const theme = useMemo(() => createTheme({ colors: { mode } }), [mode]);
  return (
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <Global styles={FULL_HEIGHT} />
      <HistoryPage mode={mode} onToggleMode={toggle} />
      <PortalContainer />
    </ThemeContext.Provider>
  );
}

const FULL_HEIGHT = css({ 'html, body, #joblens': { height: '100%', margin: 0 } });
