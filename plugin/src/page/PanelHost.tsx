import { useMemo } from 'react';
import { css } from '@emotion/css';
import { dateTime, EventBusSrv, type GrafanaTheme2, type PanelProps } from '@grafana/data';
import { Alert, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import { useSize } from '../components/hooks/useSize';
import { TokenForm } from './TokenForm';
import type { PageTime } from './usePageTime';
import { usePanelData } from './usePanelData';
import { usePanelPlugin } from './usePanelPlugin';

/** The panel knows its own defaults; Grafana's registry of option editors is not on the page. */
const NO_OPTIONS = {};

/** Runs the built panel as a dashboard would: it gets a query's answer, its size, and ways to change the range. */
export function PanelHost({ time, refresh }: { time: PageTime; refresh: number }) {
  const styles = useStyles2(getStyles);
  const [ref, size] = useSize<HTMLDivElement>();
  const { plugin, error } = usePanelPlugin();
  const { data, unauthorized, retry } = usePanelData(time, refresh);
  const services = useMemo(() => ({ eventBus: new EventBusSrv() }), []);
  const Panel = plugin?.panel;

  if (unauthorized) {
    return <TokenForm onStored={retry} />;
  }
  const props: PanelProps = {
    ...services,
    id: 1,
    data,
    timeRange: time.range,
    timeZone: time.timeZone,
    options: NO_OPTIONS,
    fieldConfig: { defaults: {}, overrides: [] },
    transparent: false,
    title: '',
    renderCounter: 0,
    ...size,
    onOptionsChange: () => undefined,
    onFieldConfigChange: () => undefined,
    replaceVariables: (value) => value,
    onChangeTimeRange: ({ from, to }) => time.setRange({ from: dateTime(from), to: dateTime(to) }),
  };
  return (
    <div className={styles.frame}>
      <div ref={ref} className={styles.panel}>
        {error && (
          <Alert severity="error" title="The panel could not be loaded">
            <p>Was the plugin built? Run “npm run build -w plugin” and reload.</p>
            <code>{error}</code>
          </Alert>
        )}
        {!Panel && !error && <LoadingPlaceholder text="Loading Joblens" />}
        {Panel && size.width > 0 && <Panel {...props} />}
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({
    height: '100%',
    padding: theme.spacing(1),
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    [theme.breakpoints.down('sm')]: { padding: 0, border: 'none' },
  }),
  panel: css({ height: '100%', overflow: 'hidden' }),
});
