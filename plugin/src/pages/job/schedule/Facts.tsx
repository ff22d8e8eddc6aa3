import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { NARROW } from '../../../components/common/styles';

/** Names and what is known of them; one without anything is left out. */
export function Facts({ facts }: { facts: Array<[name: string, value: React.ReactNode]> }) {
  const styles = useStyles2(getStyles);
  return (
    <dl className={styles}>
      {facts
        .filter(([, value]) => value !== undefined && value !== null && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
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
    '& dt': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  });
