import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { Table } from '../../components/common/Table';
import { formatCount } from '../../components/model/numbers';
import { FigureCell } from '../common/FigureCell';
import { MEASURES, valueOf, type Measure, type TrendRow } from './trends';
import { measureLabels, formatMeasure, measureDelta } from './words';
import { groupHref } from './groupHref';
import { groupWord } from '../common/groupWord';
import { t } from '../../i18n/t';

interface Props {
  rows: TrendRow[];
  group: string;
  /** What the chart shows, and the table is sorted by. */
  measure: Measure;
}

/** Each group in one period, with every measure against the period before. */
export function PeriodTable({ rows, group, measure }: Props) {
  const styles = useStyles2(getStyles);
  const sorted = [...rows].sort((a, b) => (valueOf(b.now, measure) ?? -1) - (valueOf(a.now, measure) ?? -1));
  const name = group === '' ? t('trends.periodTable.all-jobs', 'All jobs') : groupWord(group);
  return (
    <Table
      head={[
        name,
        ...MEASURES.map((measure) => measureLabels()[measure]),
        t('trends.periodTable.failures', 'Failures'),
      ]}
    >
      {sorted.map((row) => (
        <tr key={row.group} className={styles.row}>
          <td>
            {group === '' ? (
              t('trends.periodTable.all', 'all')
            ) : row.group === '' ? (
              <i>{t('trends.periodTable.none', 'none')}</i>
            ) : (
              <a href={groupHref(group, row)}>{row.group}</a>
            )}
          </td>
          {MEASURES.map((measure) => (
            <FigureCell
              key={measure}
              figure={formatMeasure(valueOf(row.now, measure), measure)}
              delta={measureDelta(row.now, row.before, measure)}
              before={formatMeasure(valueOf(row.before, measure), measure)}
            />
          ))}
          <td>{formatCount(row.now.failures)}</td>
        </tr>
      ))}
    </Table>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ fontVariantNumeric: 'tabular-nums', '& a': { color: theme.colors.text.link } }),
});
