import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

const LOW = 0.25;

/** How much of a budget is left, as a bar and in words. */
export function BudgetBar({ left }: { left: number | undefined }) {
  const styles = useStyles2(getStyles, left ?? 1);
  if (left === undefined) {
    return <>–</>;
  }
  return (
    <span className={styles.budget}>
      <span className={styles.track}>
        <span className={styles.left} style={{ width: `${Math.max(0, Math.min(1, left)) * 100}%` }} />
      </span>
      <span className={styles.words}>{left < 0 ? `overspent by ${percent(-left)}` : percent(left)}</span>
    </span>
  );
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

const getStyles = (theme: GrafanaTheme2, left: number) => {
  const tone = left <= 0 ? theme.colors.error : left < LOW ? theme.colors.warning : theme.colors.success;
  return {
    budget: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(1), whiteSpace: 'nowrap' }),
    track: css({
      width: 80,
      height: 8,
      borderRadius: 4,
      background: theme.colors.background.secondary,
      overflow: 'hidden',
    }),
    left: css({ display: 'block', height: '100%', background: tone.main }),
    words: css({ color: left <= 0 ? tone.text : undefined }),
  };
};
