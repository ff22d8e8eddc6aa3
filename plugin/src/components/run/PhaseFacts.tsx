import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { StateLink } from '../common/StateLink';
import { plural } from '../model/numbers';
import { maskSecrets } from '../model/secrets';

const SHOWN = 5;

/** What the run says of a phase in single words and numbers, such as how many tables; the rest is in its details. */
export function PhaseFacts({ value }: { value: Record<string, unknown> }) {
  const styles = useStyles2(getStyles);
  const entries = Object.entries(value);
  const facts = entries.filter(([, item]) => isShort(item)).slice(0, SHOWN);
  const rest = entries.length - facts.length;
  return (
    <>
      {facts.length > 0 && (
        <dl className={styles.facts}>
          {facts.map(([name, item]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{String(maskSecrets(item, name))}</dd>
            </div>
          ))}
        </dl>
      )}
      {rest > 0 && (
        <StateLink to={{ tab: 'details' }} className={styles.more}>
          {facts.length > 0 ? `${plural(rest, 'more field')}` : plural(rest, 'field')} in the details
        </StateLink>
      )}
    </>
  );
}

const isShort = (item: unknown) =>
  typeof item === 'number' || typeof item === 'boolean' || (typeof item === 'string' && item.length <= 60);

const getStyles = (theme: GrafanaTheme2) => ({
  facts: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.25, 1.5),
    margin: 0,
    '& div': { display: 'flex', gap: theme.spacing(0.5), minWidth: 0 },
    '& dt': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  }),
  more: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
});
