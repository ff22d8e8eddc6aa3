import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

/** A part of the summary under its heading. */
export function SummarySection({ title, children }: { title: string; children: React.ReactNode }) {
  const styles = useStyles2(getStyles);
  return (
    <section aria-label={title}>
      <h4 className={styles}>{title}</h4>
      {children}
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    margin: theme.spacing(0, 0, 0.5),
    fontSize: theme.typography.body.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
  });
