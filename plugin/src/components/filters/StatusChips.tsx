import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Tooltip, useStyles2 } from '@grafana/ui';
import { NARROW } from '../common/styles';
import { useJobHistory } from '../JobHistoryContext';
import { formatCount } from '../model/numbers';
import { STATUS_ORDER, statusLook, type Status } from '../model/status';
import { StatusHelp } from '../status/StatusHelp';
import { StatusIcon } from '../status/StatusIcon';
import { t } from '../../i18n/t';

/** One switch for every status in use, with how many runs have it; any number of them can be on. */
export function StatusChips({ counts }: { counts: ReadonlyMap<Status, number> }) {
  const styles = useStyles2(getStyles);
  const { state, update } = useJobHistory().location;
  const shown = STATUS_ORDER.filter((status) => counts.has(status) || state.statuses.includes(status));
  const toggle = (status: Status) =>
    update({
      statuses: state.statuses.includes(status)
        ? state.statuses.filter((other) => other !== status)
        : [...state.statuses, status],
    });

  return (
    <div className={styles.chips} role="group" aria-label={t('filters.statusChips.status', 'Status')}>
      {shown.map((status) => (
        <Tooltip key={status} content={<StatusHelp status={status} />} placement="bottom">
          <button
            type="button"
            aria-pressed={state.statuses.includes(status)}
            className={cx(styles.chip, state.statuses.includes(status) && styles.on)}
            onClick={() => toggle(status)}
          >
            <StatusIcon status={status} size="sm" decorative />
            {statusLook(status).label}
            <span className={styles.count}>{formatCount(counts.get(status) ?? 0)}</span>
          </button>
        </Tooltip>
      ))}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  chips: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.75), [NARROW]: { flexWrap: 'nowrap' } }),
  chip: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    height: theme.spacing(theme.components.height.md),
    padding: theme.spacing(0, 1),
    border: `1px solid ${theme.colors.border.medium}`,
    borderRadius: theme.shape.radius.default,
    background: 'transparent',
    color: theme.colors.text.primary,
    fontSize: theme.typography.pxToRem(13),
    whiteSpace: 'nowrap',
    '&:hover': { background: theme.colors.action.hover },
  }),
  on: css({
    background: theme.colors.action.selected,
    borderColor: theme.colors.primary.border,
    boxShadow: `inset 0 0 0 1px ${theme.colors.primary.border}`,
  }),
  count: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
});
