import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { LoadingBar, useStyles2 } from '@grafana/ui';
import type { ServiceError } from '../../components/client/ServiceError';
import { ErrorMessage } from '../../components/common/ErrorMessage';
import { scrollingChoices } from '../../components/common/styles';
import { useSize } from '../../components/hooks/useSize';

interface Props {
  title: React.ReactNode;
  /** Quiet words beside the title. */
  note?: React.ReactNode;
  /** What can be done here; stands at the right of the title. */
  actions?: React.ReactNode;
  /** The answer that the section shows is on its way. */
  loading?: boolean;
  error?: ServiceError;
  className?: string;
  children?: React.ReactNode;
}

/** A part of a page, framed as Grafana frames its panels. */
export function Section({ title, note, actions, loading, error, className, children }: Props) {
  const styles = useStyles2(getStyles);
  const [ref, { width }] = useSize<HTMLElement>();
  return (
    <section ref={ref} className={cx(styles.section, className)} aria-busy={loading}>
      {loading && width > 0 && (
        <div className={styles.loading}>
          <LoadingBar width={width} />
        </div>
      )}
      <header className={styles.header}>
        <h2 className={styles.title}>
          {title}
          {note && <span className={styles.note}> · {note}</span>}
        </h2>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {error && <ErrorMessage error={error} />}
      {children}
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  section: css({
    position: 'relative',
    minWidth: 0,
    padding: theme.spacing(1, 1.5, 1.5),
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.primary,
    '& > p:last-child': { marginBottom: 0 },
    '@media print': { breakInside: 'avoid', border: 'none', padding: 0 },
  }),
  loading: css({ position: 'absolute', top: 0, left: 0, right: 0, overflow: 'hidden' }),
  header: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(0.5, 2),
    marginBottom: theme.spacing(0.75),
  }),
  title: css({
    margin: 0,
    fontSize: theme.typography.body.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
  }),
  note: css({ color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular }),
  actions: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    minWidth: 0,
    ...scrollingChoices,
    '@media print': { display: 'none' },
  }),
});
