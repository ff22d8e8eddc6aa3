import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { readRows, type Row } from '../../components/client/frames';
import type { RunField } from '../../components/client/types';
import { Table } from '../../components/common/Table';
import { durationDelta, rateDelta, totalDelta } from '../../components/model/delta';
import { formatDuration, formatTotal } from '../../components/model/duration';
import { toNumber, toText } from '../../components/model/narrow';
import { formatCount, formatRate, plural } from '../../components/model/numbers';
import { FigureCell } from '../common/FigureCell';
import type { PageQuestion } from '../common/questions';
import { Section } from '../common/Section';
import { useQuestion } from '../common/useQuestion';
import { hrefTo, type PageParams } from '../paths';
import { NoJobs } from './NoJobs';
import { groupWord } from '../common/groupWord';
import { t } from '../../i18n/t';

const MOST = 500;

/** Jobs in groups: how many of each are failing, how well and how fast they go. A click shows the jobs of a group. */
export function GroupTable({ question, group }: { question: PageQuestion; group: RunField }) {
  const { data, error, loading } = useQuestion(
    { ...question, sort: undefined, descending: undefined, groupBy: [group], limit: MOST },
    ([frame]) => readRows(frame)
  );
  const rows = data ?? [];
  return (
    <Section
      title={t('jobs.groupTable.jobs-by', 'Jobs by {{group}}', { group: groupWord(group) })}
      note={data && plural(rows.length, 'group')}
      loading={loading}
      error={error}
    >
      {data?.length === 0 ? (
        <NoJobs />
      ) : (
        <Table
          head={[
            t('jobs.groupTable.group', 'Group'),
            t('jobs.groupTable.jobs', 'Jobs'),
            t('jobs.groupTable.failing', 'Failing'),
            t('jobs.groupTable.runs', 'Runs'),
            t('jobs.groupTable.failures', 'Failures'),
            t('jobs.groupTable.success', 'Success'),
            'p50',
            'p95',
            t('jobs.groupTable.execution-time', 'Execution time'),
          ]}
        >
          {rows.map((row, index) => (
            <GroupRow key={index} row={row} group={group} />
          ))}
        </Table>
      )}
    </Section>
  );
}

function GroupRow({ row, group }: { row: Row; group: RunField }) {
  const styles = useStyles2(getStyles);
  const number = (name: string) => toNumber(row(name));
  const name = toText(row('group'));
  const failing = number('failing') ?? 0;
  return (
    <tr>
      <td>
        {name ? <a href={hrefTo('jobs', paramsOf(group, name))}>{name}</a> : <i>{t('jobs.groupTable.none', 'none')}</i>}
      </td>
      <td className={styles.count}>{formatCount(number('jobs') ?? 0)}</td>
      <td className={failing > 0 ? styles.bad : undefined}>
        {name && failing > 0 ? (
          <a href={hrefTo('jobs', { ...paramsOf(group, name), state: 'failing' })}>{formatCount(failing)}</a>
        ) : (
          formatCount(failing)
        )}
      </td>
      <td className={styles.count}>{formatCount(number('runs') ?? 0)}</td>
      <td className={styles.count}>{formatCount(number('failures') ?? 0)}</td>
      <FigureCell
        figure={formatRate(number('success_rate'))}
        delta={rateDelta(number('success_rate'), number('success_rate_before'))}
        before={formatRate(number('success_rate_before'))}
      />
      {(['p50', 'p95'] as const).map((name) => (
        <FigureCell
          key={name}
          figure={formatDuration(number(name))}
          delta={durationDelta(number(name), number(`${name}_before`))}
          before={formatDuration(number(`${name}_before`))}
        />
      ))}
      <FigureCell
        figure={formatTotal(number('total'))}
        delta={totalDelta(number('total'), number('total_before'))}
        before={formatTotal(number('total_before'))}
      />
    </tr>
  );
}

/** The parameters that narrow the list of jobs to one group. */
function paramsOf(group: RunField, name: string): PageParams {
  return group.startsWith('tag:') ? { tag: `${group.slice('tag:'.length)}=${name}` } : { [group]: name };
}

const getStyles = (theme: GrafanaTheme2) => ({
  bad: css({ color: theme.colors.error.text }),
  count: css({ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }),
});
