import { css } from '@emotion/css';
import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { statusLook, type Status } from '../model/status';
import { StatusIcon } from './StatusIcon';
import { toneFill, toneText } from './tone';

/** A status as icon and word; the sender's own word stands behind it where it says something else. */
export function StatusBadge({ status, text }: { status: Status; text?: string | null }) {
  const styles = useStyles2(getStyles, status);
  const { label } = statusLook(status);
  const own = text && text.toLowerCase() !== label.toLowerCase() && text.toLowerCase() !== status ? text : undefined;
  return (
    <span className={styles.badge}>
      <StatusIcon status={status} size="sm" decorative />
      {label}
      {own && <span className={styles.own}>({own})</span>}
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2, status: Status) => {
  const { tone } = statusLook(status);
  return {
    badge: css({
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      padding: theme.spacing(0.25, 1),
      borderRadius: theme.shape.radius.pill,
      border: `1px solid ${colorManipulator.alpha(toneFill(theme, tone), 0.4)}`,
      background: colorManipulator.alpha(toneFill(theme, tone), 0.1),
      color: toneText(theme, tone),
      fontSize: theme.typography.bodySmall.fontSize,
      fontWeight: theme.typography.fontWeightMedium,
      whiteSpace: 'nowrap',
    }),
    own: css({ fontWeight: theme.typography.fontWeightRegular }),
  };
};
