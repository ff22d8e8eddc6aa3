import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { formatCount } from '../model/numbers';

const SHOWN = 8;

/** What the run counted of a phase itself, such as tables and fields; everything else it said is in its details. */
export function PhaseFacts({ value }: { value: Record<string, unknown> }) {
  const styles = useStyles2(getStyles);
  const facts = Object.entries(value).flatMap(([name, item]) =>
    typeof item === 'number' && Number.isInteger(item) ? [{ name, item }] : []
  );
  if (facts.length === 0) {
    return null;
  }
  return (
    <dl className={styles}>
      {facts.slice(0, SHOWN).map(({ name, item }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{formatCount(item)}</dd>
        </div>
      ))}
    </dl>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.25, 1.5),
    margin: 0,
    '& div': { display: 'flex', gap: theme.spacing(0.5), minWidth: 0 },
    '& dt': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  });
