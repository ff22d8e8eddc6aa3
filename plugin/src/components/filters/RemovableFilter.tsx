import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { IconButton, useStyles2 } from '@grafana/ui';
import { t } from '../../i18n/t';

interface Props {
  label: string;
  title: string;
  onRemove(): void;
}

/** A filter that came with a link and that nobody picks by hand: it can only be taken away. */
export function RemovableFilter({ label, title, onRemove }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <span className={styles} title={title}>
      {label}
      <IconButton
        name="times"
        size="sm"
        tooltip={t('filters.removableFilter.remove-the-filter', 'Remove the filter: {{label}}', { label })}
        onClick={onRemove}
      />
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    height: theme.spacing(theme.components.height.md),
    padding: theme.spacing(0, 0.5, 0, 1),
    border: `1px solid ${theme.colors.primary.border}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.action.selected,
    fontSize: theme.typography.pxToRem(13),
    whiteSpace: 'nowrap',
  });
