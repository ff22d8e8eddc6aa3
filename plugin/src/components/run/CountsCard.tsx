import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { Card } from '../common/Card';
import { StateLink } from '../common/StateLink';
import { formatCount } from '../model/numbers';
import { RECORD_GROUPS, type RecordGroup } from '../model/recordGroups';
import { TagList } from './TagList';

/** What the run handled: schema (metadata) and rows (data), each counted and linked to its records. */
export function CountsCard({ run }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  return (
    <Card title="Metadata and data">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">
              <span hidden>Phase</span>
            </th>
            <th scope="col">Success</th>
            <th scope="col">Failure</th>
            <th scope="col">Total</th>
          </tr>
        </thead>
        <tbody>
          {(['metadata', 'data'] as const).map((phase) => (
            <tr key={phase}>
              <th scope="row">{phase.toUpperCase()}</th>
              {RECORD_GROUPS.filter((group) => group.phase === phase).map((group) => (
                <td key={group.name}>
                  <CountLink group={group} count={countOf(run, group)} />
                </td>
              ))}
              <td>{formatCount(run.counts[phase].success + run.counts[phase].failure)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <TagList run={run} />
    </Card>
  );
}

function CountLink({ group, count }: { group: RecordGroup; count: number }) {
  const styles = useStyles2(getStyles);
  const { name, phase, outcome } = group;
  if (count === 0) {
    return <span className={styles.none}>0 {name}</span>;
  }
  return (
    <StateLink
      to={{ tab: 'records', phase, outcome, recordSearch: '' }}
      className={outcome === 'failure' ? styles.bad : styles.good}
    >
      <Icon name={outcome === 'failure' ? 'times' : 'check'} size="sm" aria-hidden /> {formatCount(count)} {name}
    </StateLink>
  );
}

// A sender may report counts without sending the records, and the other way round.
function countOf(run: RunAnswer, { phase, outcome }: RecordGroup): number {
  return Math.max(run.counts[phase][outcome], run.records[phase][outcome]);
}

const getStyles = (theme: GrafanaTheme2) => {
  const link = {
    textDecoration: 'underline',
    textDecorationColor: theme.colors.border.strong,
    textUnderlineOffset: 3,
  } as const;
  return {
    table: css({
      width: '100%',
      fontVariantNumeric: 'tabular-nums',
      '& th, & td': {
        padding: theme.spacing(0.5, 1, 0.5, 0),
        borderBottom: `1px solid ${theme.colors.border.weak}`,
        fontWeight: theme.typography.fontWeightRegular,
        textAlign: 'left',
        verticalAlign: 'top',
      },
      '& thead th': { color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize },
    }),
    good: css({ ...link, color: theme.colors.success.text }),
    bad: css({ ...link, color: theme.colors.error.text }),
    none: css({ color: theme.colors.text.secondary }),
  };
};
