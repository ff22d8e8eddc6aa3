import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { ErrorBoundaryAlert, useStyles2 } from '@grafana/ui';
import { PanelHost } from './PanelHost';
import type { ThemeMode } from './themeMode';
import { TopBar } from './TopBar';
import { useRefresh } from './useRefresh';
import { usePageTime } from './usePageTime';

export default function HistoryPage({ mode, onToggleMode }: { mode: ThemeMode; onToggleMode(): void }) {
  const styles = useStyles2(getStyles);
  const refresh = useRefresh();
  const time = usePageTime(refresh.count);
  return (
    <div className={styles.page}>
      <TopBar time={time} refresh={refresh} mode={mode} onToggleMode={onToggleMode} />
      <main className={styles.main}>
        <ErrorBoundaryAlert>
          <PanelHost time={time} refresh={refresh.count} />
        </ErrorBoundaryAlert>
      </main>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ height: '100%', display: 'flex', flexDirection: 'column', background: theme.colors.background.canvas }),
  main: css({
    flex: 1,
    minHeight: 0,
    margin: theme.spacing(2),
    [theme.breakpoints.down('sm')]: { margin: 0 },
  }),
});
