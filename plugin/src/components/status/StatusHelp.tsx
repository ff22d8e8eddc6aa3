import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { statusLook, type Status } from '../model/status';

/** What a status means and what to do, for the tooltip of whatever shows it. */
export function StatusHelp({ status }: { status: Status }) {
  const styles = useStyles2(getStyles);
  const { label, help } = statusLook(status);
  return (
    <div className={styles}>
      <strong>{label}</strong>
      {help.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    '& strong': { fontWeight: theme.typography.fontWeightMedium },
    '& p': { margin: theme.spacing(0.5, 0, 0) },
  });
