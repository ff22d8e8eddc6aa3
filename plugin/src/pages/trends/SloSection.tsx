import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Answer } from '../../components/hooks/useAnswer';
import { Table } from '../../components/common/Table';
import { formatCount, formatRate } from '../../components/model/numbers';
import { CsvButton } from '../common/CsvButton';
import { Section } from '../common/Section';
import { hrefTo } from '../paths';
import { BudgetBar } from './BudgetBar';
import { SLO_COLUMNS, type Slo } from './slo';

/** Above this a budget is spent faster than its window lasts. */
const STEADY = 1;

/** What was promised of jobs, how much of it may still go wrong, and how fast that is being used up. */
export function SloSection({ slos }: { slos: Answer<Slo[]> }) {
  const styles = useStyles2(getStyles);
  const { data, error, loading } = slos;
  const rows = data ?? [];
  return (
    <Section
      title="Service level objectives"
      note="as of now, over their own windows"
      loading={loading}
      error={error}
      actions={<CsvButton name="slos" rows={rows} columns={SLO_COLUMNS} />}
    >
      {rows.length > 0 && (
        <Table head={['Objective', 'Target', 'Success', 'Budget left', 'Burn 1 h', 'Burn 6 h', 'Failures']}>
          {rows.map((slo) => (
            <SloRow key={slo.id} slo={slo} />
          ))}
        </Table>
      )}
      {data && rows.length === 0 && (
        <p className={styles.quiet}>
          None is set. An objective says what share of the runs of a job, or of a tag, has to succeed in how many days.
        </p>
      )}
    </Section>
  );
}

function SloRow({ slo }: { slo: Slo }) {
  const styles = useStyles2(getStyles);
  const burn = (rate: number | undefined) => (
    <td className={rate !== undefined && rate > STEADY ? styles.bad : undefined}>
      {rate === undefined ? '–' : `${rate.toFixed(1)} ×`}
    </td>
  );
  return (
    <tr className={styles.row}>
      <td>
        <b>{slo.name}</b>
        <span className={styles.quiet}>{[slo.objective, slo.owner].filter(Boolean).join(' · ')}</span>
      </td>
      <td>
        {formatRate(slo.target)} in {slo.windowDays} d
      </td>
      <td className={slo.successRate !== undefined && slo.successRate < slo.target ? styles.bad : undefined}>
        {formatRate(slo.successRate)}
      </td>
      <td>
        <BudgetBar left={slo.budgetLeft} />
      </td>
      {burn(slo.burnFast)}
      {burn(slo.burnSlow)}
      <td>
        {slo.key ? (
          <a href={hrefTo('run', { key: slo.key })} title="The newest failed run">
            {formatCount(slo.failures)} of {formatCount(slo.runs)}
          </a>
        ) : (
          `${formatCount(slo.failures)} of ${formatCount(slo.runs)}`
        )}
      </td>
    </tr>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ fontVariantNumeric: 'tabular-nums', '& a': { color: theme.colors.text.link } }),
  quiet: css({ display: 'block', margin: 0, color: theme.colors.text.secondary }),
  bad: css({ color: theme.colors.error.text }),
});
