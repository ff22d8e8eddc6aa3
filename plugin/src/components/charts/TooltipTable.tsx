import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

export interface TooltipRow {
  label: React.ReactNode;
  value: string;
}

export function TooltipTable({ title, rows }: { title: string; rows: TooltipRow[] }) {
  const styles = useStyles2(getStyles);
  return (
    <>
      <div className={styles.title}>{title}</div>
      {rows.map(({ label, value }, index) => (
        <div key={index} className={styles.row}>
          <span className={styles.label}>{label}</span>
          <span>{value}</span>
        </div>
      ))}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  title: css({ color: theme.colors.text.secondary, marginBottom: theme.spacing(0.25) }),
  row: css({ display: 'flex', justifyContent: 'space-between', gap: theme.spacing(2) }),
  label: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.5) }),
});
