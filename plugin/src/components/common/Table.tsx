import { useLayoutEffect, useRef, useState } from 'react';
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { NARROW } from './styles';

interface Props {
  head: string[];
  /** All columns but the first hold numbers. */
  numeric?: boolean;
  children: React.ReactNode;
}

/** A plain table of readable density. */
export function Table({ head, numeric, children }: Props) {
  const styles = useStyles2(getStyles);
  const ref = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  // What scrolls can be reached, and scrolled, by the keyboard.
  useLayoutEffect(() => {
    const box = ref.current;
    setScrolls(box !== null && box.scrollWidth > box.clientWidth);
  }, [children]);
  return (
    <div ref={ref} className={styles.scroll} tabIndex={scrolls ? 0 : undefined}>
      <table className={cx(styles.table, numeric && styles.numeric)}>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflowX: 'auto' }),
  table: css({
    width: '100%',
    '& th, & td': {
      padding: theme.spacing(0.5, 2, 0.5, 0),
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      textAlign: 'left',
      verticalAlign: 'top',
      overflowWrap: 'anywhere',
    },
    // Long names may break anywhere, but never into a column of single letters.
    '& tr > :first-child': { minWidth: 110 },
    [NARROW]: { '& td': { minWidth: 88 } },
    '& thead th': {
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      fontWeight: theme.typography.fontWeightRegular,
      overflowWrap: 'normal',
    },
    '& tbody th': { fontWeight: theme.typography.fontWeightRegular },
  }),
  numeric: css({
    fontVariantNumeric: 'tabular-nums',
    '& th:not(:first-child), & td': {
      textAlign: 'right',
      whiteSpace: 'nowrap',
      paddingRight: 0,
      paddingLeft: theme.spacing(2),
      [NARROW]: { minWidth: 0, paddingLeft: theme.spacing(1) },
    },
  }),
});
