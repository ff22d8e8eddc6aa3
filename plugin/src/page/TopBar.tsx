import { css } from '@emotion/css';
import { dateTime, type GrafanaTheme2, type TimeRange } from '@grafana/data';
import { RefreshPicker, TimeRangePicker, ToolbarButton, useStyles2 } from '@grafana/ui';
import type { ThemeMode } from './themeMode';
import type { PageTime } from './usePageTime';
import type { Refresh } from './useRefresh';

const INTERVALS = ['5s', '10s', '30s', '1m', '5m'];

interface Props {
  time: PageTime;
  refresh: Refresh;
  mode: ThemeMode;
  onToggleMode(): void;
}

export function TopBar({ time, refresh, mode, onToggleMode }: Props) {
  const styles = useStyles2(getStyles);
  const { range, timeZone, setRange, setTimeZone } = time;
  const move = (from: number, to: number) => setRange({ from: dateTime(from), to: dateTime(to) });
  const [start, end, length] = bounds(range);
  return (
    <header className={styles.bar}>
      <a className={styles.name} href="/">
        <img src="/plugin/img/logo.svg" alt="" width={22} height={22} />
        <h1 className={styles.title}>Joblens</h1>
        <span className={styles.subtitle}>Job history</span>
      </a>
      <div className={styles.tools}>
        <TimeRangePicker
          value={range}
          timeZone={timeZone}
          onChange={({ raw }) => setRange(raw)}
          onChangeTimeZone={setTimeZone}
          onMoveBackward={() => move(start - length / 2, end - length / 2)}
          onMoveForward={() => move(start + length / 2, end + length / 2)}
          onZoom={() => move(start - length / 2, end + length / 2)}
        />
        <RefreshPicker
          intervals={INTERVALS}
          value={refresh.interval}
          onRefresh={refresh.now}
          tooltip="Refresh now"
          onIntervalChanged={refresh.setInterval}
          isOnCanvas
        />
        <ToolbarButton
          icon="palette"
          variant="canvas"
          aria-label={mode === 'dark' ? 'Switch to light' : 'Switch to dark'}
          tooltip={mode === 'dark' ? 'Switch to light' : 'Switch to dark'}
          onClick={onToggleMode}
        />
      </div>
    </header>
  );
}

function bounds({ from, to }: TimeRange): [number, number, number] {
  return [from.valueOf(), to.valueOf(), to.valueOf() - from.valueOf()];
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    padding: theme.spacing(1, 2),
    background: theme.colors.background.primary,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
  name: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
  title: css({ margin: 0, fontSize: theme.typography.h5.fontSize }),
  subtitle: css({
    color: theme.colors.text.secondary,
    [theme.breakpoints.down('sm')]: { display: 'none' },
  }),
  tools: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
});
