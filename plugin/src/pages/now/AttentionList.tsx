import { useState } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, TextLink, useStyles2 } from '@grafana/ui';
import { FirstRunHelp } from '../../components/runs/FirstRunHelp';
import type { Answer } from '../../components/hooks/useAnswer';
import { MEDIUM } from '../../components/common/styles';
import { plural } from '../../components/model/numbers';
import { Section } from '../common/Section';
import { hrefTo } from '../paths';
import { ATTENTION_STATES, type Attention, type AttentionRow } from './attention';
import { AttentionItem } from './AttentionItem';
import { t } from '../../i18n/t';

const SHOWN = 12;

interface Props {
  attention: Answer<Attention>;
  /** Only this state; "" for all. */
  state: string;
}

/** Jobs that need a look, the most pressing first; those that somebody looks after stand apart. */
export function AttentionList({ attention, state }: Props) {
  const styles = useStyles2(getStyles);
  const { data, error, loading } = attention;
  const rows = (data?.rows ?? []).filter((row) => state === '' || row.state === state);
  const open = rows.filter((row) => !row.acknowledged);
  const acknowledged = rows.filter((row) => row.acknowledged);
  return (
    <>
      <Section
        title={t('now.attentionList.needs-a-look', 'Needs a look')}
        note={t(
          'now.attentionList.last-30-runs-height',
          '{{value}}last 30 runs: height is duration, × failed, dashed missed',
          { value: data ? restWords(data, state, open.length) : '' }
        )}
        loading={loading}
        error={error}
        actions={
          state && (
            <TextLink href={hrefTo('now')}>
              {t('now.attentionList.only-show-all', 'only {{state}}, show all', { state })}
            </TextLink>
          )
        }
      >
        <Rows rows={open} />
        {data && open.length === 0 && <p className={styles.quiet}>{calmWords(data, state)}</p>}
        {data?.totals.jobs === 0 && <FirstRunHelp />}
      </Section>
      {acknowledged.length > 0 && (
        <Section title={t('now.attentionList.acknowledged', 'Acknowledged')} note={plural(acknowledged.length, 'job')}>
          <Rows rows={acknowledged} />
        </Section>
      )}
    </>
  );
}

function Rows({ rows }: { rows: AttentionRow[] }) {
  const styles = useStyles2(getStyles);
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, SHOWN);
  return (
    <>
      <ul className={styles.list}>
        {shown.map((row) => (
          <AttentionItem key={row.job} row={row} />
        ))}
      </ul>
      {shown.length < rows.length && (
        <Button variant="secondary" fill="text" size="sm" icon="angle-down" onClick={() => setAll(true)}>
          {t('now.attentionList.show-all', 'Show all {{n}}', { n: rows.length })}
        </Button>
      )}
    </>
  );
}

/** Of very many jobs only the most pressing are listed. */
function restWords({ totals }: Attention, state: string, listed: number): string {
  const all = ATTENTION_STATES.filter((name) => state === '' || state === name).reduce(
    (sum, name) => sum + totals[name],
    0
  );
  return listed < all ? t('now.attentionList.the-first-of', 'the first {{listed}} of {{all}} · ', { listed, all }) : '';
}

function calmWords({ totals }: Attention, state: string): string {
  if (totals.jobs === 0) {
    return t('now.attentionList.no-job-is-known', 'No job is known yet.');
  }
  return state === ''
    ? t('now.attentionList.all-are-well', 'All {{jobs}} are well.', { jobs: plural(totals.jobs, 'job') })
    : t('now.attentionList.no-job-is', 'No job is {{state}}.', { state });
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(140px, 1.2fr) 216px 74px minmax(150px, 1fr) minmax(160px, 2fr) max-content',
    columnGap: theme.spacing(2),
    listStyle: 'none',
    margin: 0,
    padding: 0,
    [MEDIUM]: { display: 'block' },
  }),
  quiet: css({ margin: 0, color: theme.colors.text.secondary }),
});
