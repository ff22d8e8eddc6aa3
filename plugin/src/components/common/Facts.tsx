import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { NARROW } from './styles';

export type Fact = [name: string, value: React.ReactNode];

interface Props {
  facts: Fact[];
  /** Under each other with lines between, in columns with the last one across, or names above values in a row. */
  look: 'list' | 'columns' | 'row';
}

/** Names and what is known of them; one without anything is left out. */
export function Facts({ facts, look }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <dl className={styles[look]}>
      {facts
        .filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const parts = {
    '& dt': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  } as const;
  return {
    list: css(parts, {
      margin: 0,
      '& > div': {
        display: 'grid',
        gridTemplateColumns: '160px minmax(0, 1fr)',
        [NARROW]: { gridTemplateColumns: '90px minmax(0, 1fr)' },
        gap: theme.spacing(0, 2),
        padding: theme.spacing(0.5, 0),
        borderTop: `1px solid ${theme.colors.border.weak}`,
        '&:first-child': { borderTop: 'none' },
      },
    }),
    columns: css(parts, {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 340px), 1fr))',
      gap: theme.spacing(0.25, 3),
      margin: 0,
      '& > div': { display: 'grid', gridTemplateColumns: '110px minmax(0, 1fr)', gap: theme.spacing(1) },
      '& > div:last-child': { gridColumn: '1 / -1' },
    }),
    row: css(parts, {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1, 4),
      margin: theme.spacing(0, 0, 1.5),
      '& dt': { ...parts['& dt'], fontSize: theme.typography.bodySmall.fontSize },
    }),
  };
};
