import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { JobHistory } from '../../components/JobHistory';

/** Every run of every job: the panel on a page of its own. */
export default function HistoryPage() {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles}>
      <JobHistory />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({ flex: 1, minWidth: 0, minHeight: 'calc(100vh - 200px)', background: theme.colors.background.primary });
