import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Tone } from '../model/status';
import { toneFill } from '../status/tone';

interface Props {
  title: React.ReactNode;
  /** Quiet words beside the title. */
  note?: React.ReactNode;
  /** Colours the edge: this card holds what matters most. */
  tone?: Tone;
  className?: string;
  children: React.ReactNode;
}

export function Card({ title, note, tone, className, children }: Props) {
  const styles = useStyles2(getStyles, tone);
  return (
    <section className={cx(styles.card, className)}>
      <h3 className={styles.title}>
        {title}
        {note && <span className={styles.note}> · {note}</span>}
      </h3>
      {children}
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2, tone: Tone | undefined) => ({
  card: css({
    minWidth: 0,
    padding: theme.spacing(1, 1.5, 1.5),
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    ...(tone && { borderLeft: `3px solid ${toneFill(theme, tone)}` }),
  }),
  title: css({
    margin: theme.spacing(0, 0, 0.75),
    fontSize: theme.typography.body.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
  }),
  note: css({ color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular }),
});
