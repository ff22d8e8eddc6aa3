import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { ErrorMessage } from '../../components/common/ErrorMessage';
import { Table } from '../../components/common/Table';
import { useJobHistory } from '../../components/JobHistoryContext';
import type { Delta } from '../../components/model/delta';
import { formatCount } from '../../components/model/numbers';
import { CsvButton } from '../common/CsvButton';
import { DeltaText } from '../common/DeltaText';
import type { Change, ChangeMeasure, Changes, Direction } from './changes';
import { groupHref } from './groupHref';
import { formatMeasure } from './words';
import { groupWord } from '../common/groupWord';
import { t } from '../../i18n/t';

const directionTitles = (): Record<Direction, string> => ({
  worse: t('trends.changeList.worse', 'Worse'),
  better: t('trends.changeList.better', 'Better'),
});

export function ChangeList({ direction, changes }: { direction: Direction; changes: Changes }) {
  const styles = useStyles2(getStyles);
  const { range } = useJobHistory();
  const { measure, group } = changes;
  const { data, error, loading } = changes[direction];
  const rows = data?.rows ?? [];
  const span = { start: range.from.valueOf(), end: range.to.valueOf() };
  return (
    <div aria-busy={loading}>
      <header className={styles.header}>
        <h3 className={styles.title}>{directionTitles()[direction]}</h3>
        <CsvButton name={`${measure} ${direction}`} rows={rows} columns={columnsFor(group, measure)} />
      </header>
      {error && <ErrorMessage error={error} />}
      {rows.length > 0 && (
        <Table
          numeric
          head={[
            groupWord(group),
            t('trends.changeList.before', 'Before'),
            t('trends.changeList.now', 'Now'),
            t('trends.changeList.change', 'Change'),
            t('trends.changeList.runs', 'Runs'),
          ]}
        >
          {rows.map((row) => (
            <tr key={row.name}>
              <td className={styles.name}>
                {row.name === '' ? (
                  <i>{t('trends.changeList.none', 'none')}</i>
                ) : (
                  <a href={groupHref(group, { group: row.name, ...span })}>{row.name}</a>
                )}
              </td>
              <td>{formatMeasure(row.before, measure)}</td>
              <td>{formatMeasure(row.now, measure)}</td>
              <td>
                <DeltaText delta={toDelta(row.change, measure, direction)} />
              </td>
              <td>{formatCount(row.runs)}</td>
            </tr>
          ))}
        </Table>
      )}
      {!loading && !error && rows.length === 0 && (
        <p className={styles.quiet}>
          {t(
            'trends.changeList.nothing-that-ran-often',
            'Nothing that ran often enough in both times became {{direction}}.',
            { direction }
          )}
        </p>
      )}
    </div>
  );
}

function toDelta(change: number, measure: ChangeMeasure, direction: Direction): Delta {
  const size = Math.abs(change) * 100;
  const text =
    measure === 'success_rate'
      ? t('trends.changeList.pts', '{{value}} pts', { value: size.toFixed(1) })
      : `${size.toFixed(size < 10 ? 1 : 0)} %`;
  return { arrow: change > 0 ? '▲' : '▼', text, mood: direction === 'worse' ? 'bad' : 'good' };
}

function columnsFor(group: string, measure: ChangeMeasure) {
  const unit = measure === 'success_rate' ? '' : '_ms';
  return [
    { name: group, value: ({ name }: Change) => name },
    { name: `${measure}${unit}_before`, value: ({ before }: Change) => before },
    { name: `${measure}${unit}`, value: ({ now }: Change) => now },
    { name: 'change', value: ({ change }: Change) => change },
    { name: 'runs', value: ({ runs }: Change) => runs },
    { name: 'runs_before', value: ({ runsBefore }: Change) => runsBefore },
  ];
}

const getStyles = (theme: GrafanaTheme2) => ({
  header: css({
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    '@media print': { '& button': { display: 'none' } },
  }),
  title: css({ margin: 0, fontSize: theme.typography.body.fontSize, fontWeight: theme.typography.fontWeightMedium }),
  name: css({ overflowWrap: 'anywhere', '& a': { color: theme.colors.text.link } }),
  quiet: css({ margin: 0, color: theme.colors.text.secondary }),
});
