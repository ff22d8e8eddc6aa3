import { css } from '@emotion/css';
import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';
import { Tooltip, useStyles2 } from '@grafana/ui';
import { statusLook, type Status } from '../model/status';
import { StatusHelp } from './StatusHelp';
import { StatusIcon } from './StatusIcon';
import { toneFill, toneText } from './tone';

interface Props {
  status: Status;
  /** The sender's own word; shown where it says something else. */
  text?: string | null;
}

/** A status as icon and word, which says what it means to whoever points at it or tabs to it. */
export function StatusBadge({ status, text }: Props) {
  const styles = useStyles2(getStyles, status);
  const { word, detail } = statusLook(status);
  const known = [word, detail, status].map((name) => name?.toLowerCase());
  const own = text && !known.includes(text.toLowerCase()) ? text : undefined;
  const notes = [detail, own].filter(Boolean).join(': ');
  return (
    <Tooltip content={<StatusHelp status={status} />}>
      <span className={styles.badge} tabIndex={0}>
        <StatusIcon status={status} size="sm" decorative />
        {word}
        {notes && <span className={styles.notes}>({notes})</span>}
      </span>
    </Tooltip>
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
    notes: css({ fontWeight: theme.typography.fontWeightRegular }),
  };
};
