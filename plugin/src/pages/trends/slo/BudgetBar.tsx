import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { toneFill } from '../../../components/status/tone';
import type { SloRow } from './slos';
import { t } from '../../../i18n/t';

/** Under this much of it a budget is nearly gone. */
const LITTLE = 0.25;

/** What is left of an error budget, as a bar and in words. */
export function BudgetBar({ row: { budget, budgetLeft, failures } }: { row: SloRow }) {
  const styles = useStyles2(getStyles);
  const left = Math.min(1, Math.max(0, budgetLeft));
  const tone = budgetLeft <= 0 ? styles.gone : budgetLeft < LITTLE ? styles.little : styles.enough;
  const words =
    budgetLeft < 0
      ? t('slo.budgetBar.overspent', 'overspent {{value}}', { value: percent(-budgetLeft) })
      : percent(budgetLeft);
  const runs = budget.toLocaleString('en', { maximumFractionDigits: 1 });
  return (
    <span
      className={styles.budget}
      title={t('slo.budgetBar.runs-may-fail-did', '{{runs}} runs may fail, {{failures}} did', { runs, failures })}
    >
      <span className={styles.track} aria-hidden>
        <span className={tone} style={{ width: `${left * 100}%` }} />
      </span>
      {words}
    </span>
  );
}

const percent = (share: number) => `${Math.round(share * 100)}\u00a0%`;

const getStyles = (theme: GrafanaTheme2) => {
  const fill = { display: 'block', height: '100%' } as const;
  return {
    budget: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(1), whiteSpace: 'nowrap' }),
    track: css({
      width: 72,
      height: 8,
      flex: 'none',
      overflow: 'hidden',
      borderRadius: 2,
      background: theme.colors.background.secondary,
      border: `1px solid ${theme.colors.border.medium}`,
    }),
    enough: css({ ...fill, background: toneFill(theme, 'success') }),
    little: css({ ...fill, background: toneFill(theme, 'warning') }),
    gone: css({ ...fill, background: toneFill(theme, 'error') }),
  };
};
