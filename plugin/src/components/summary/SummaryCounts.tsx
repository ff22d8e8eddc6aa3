import type { RunAnswer } from '../client/answers';
import { StateLink } from '../common/StateLink';
import { Table } from '../common/Table';
import { formatCount } from '../model/numbers';
import { PHASES, RECORD_GROUPS, type Phase } from '../model/recordGroups';
import { figuresOf } from './figures';
import { SummarySection } from './SummarySection';
import { t } from '../../i18n/t';

/** How many items of each phase went well and how many did not, beside the run before. */
export function SummaryCounts({ run, previous }: { run: RunAnswer; previous?: RunAnswer }) {
  const rows: Array<[string, readonly Phase[]]> = [
    ...PHASES.map((phase): [string, readonly Phase[]] => [phase.toUpperCase(), [phase]]),
    [t('summary.summaryCounts.both', 'Both'), PHASES],
  ];
  return (
    <SummarySection title={t('summary.summaryCounts.what-was-replicated', 'What was replicated')}>
      <Table
        head={[
          '',
          t('summary.summaryCounts.success', 'Success'),
          t('summary.summaryCounts.failure', 'Failure'),
          t('summary.summaryCounts.total', 'Total'),
          ...(previous
            ? [
                t('summary.summaryCounts.success-before', 'Success before'),
                t('summary.summaryCounts.failure-before', 'Failure before'),
                t('summary.summaryCounts.total-before', 'Total before'),
              ]
            : []),
        ]}
        numeric
      >
        {rows.map(([name, phases]) => {
          const now = figuresOf(run, phases);
          const before = previous && figuresOf(previous, phases);
          return (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <Count value={now.success} phases={phases} outcome="success" />
              </td>
              <td>
                <Count value={now.failure} phases={phases} outcome="failure" />
              </td>
              <td>{formatCount(now.total)}</td>
              {before &&
                [before.success, before.failure, before.total].map((value, i) => <td key={i}>{formatCount(value)}</td>)}
            </tr>
          );
        })}
      </Table>
    </SummarySection>
  );
}

interface CountProps {
  value: number;
  phases: readonly Phase[];
  outcome: 'success' | 'failure';
}

/** The counts of one phase lead to its records. */
function Count({ value, phases, outcome }: CountProps) {
  const [phase, other] = phases;
  const group = other ? undefined : RECORD_GROUPS.find((each) => each.phase === phase && each.outcome === outcome);
  return group ? (
    <StateLink to={{ show: undefined, tab: 'records', phase, outcome, recordSearch: '' }} title={group.name}>
      {formatCount(value)} {group.name}
    </StateLink>
  ) : (
    <>{formatCount(value)}</>
  );
}
