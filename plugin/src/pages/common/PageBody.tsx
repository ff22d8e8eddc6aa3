import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

/** The column that a page's sections stand in; the views inside change their shape with its width. */
export function PageBody({ className, children }: { className?: string; children: React.ReactNode }) {
  const styles = useStyles2(getStyles);
  return <div className={cx(styles, className)}>{children}</div>;
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    flex: 1,
    minWidth: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1.25),
    containerType: 'inline-size',
    containerName: 'joblens',
  });
