import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Badge, useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { LongText } from '../common/LongText';
import { StateLink } from '../common/StateLink';
import { Table } from '../common/Table';
import { stripAnsi } from '../model/ansi';
import { formatCount } from '../model/numbers';
import { maskText } from '../model/secrets';
import { newGroups, type ErrorGroup } from './errorGroups';
import { SummarySection } from './SummarySection';
import type { Summary } from './useSummary';

const PARTS = { metadata: 'METADATA', data: 'DATA', log: 'Log' };

/** What went wrong, most frequent first, and which of it is new. */
export function SummaryErrors({ run, summary }: { run: RunAnswer; summary: Summary }) {
  const styles = useStyles2(getStyles);
  const { errors, errorsBefore, previous } = summary;
  const fresh = previous ? newGroups(errors, errorsBefore) : new Set<ErrorGroup>();
  if (errors.length === 0) {
    return (
      <SummarySection title="Errors by message">
        <p className={styles.none}>
          {run.counts.data.failure + run.counts.metadata.failure > 0
            ? 'The run counted failures, but sent no records or error lines that say which.'
            : 'No record failed, and the log has no error line.'}
        </p>
      </SummarySection>
    );
  }
  return (
    <SummarySection title="Errors by message">
      <Table head={['Count', 'Part', 'Message', 'First']}>
        {errors.map((group) => (
          <tr key={`${group.source} ${group.message}`}>
            <td className={styles.count}>{formatCount(group.count)}</td>
            <td className={styles.part}>{PARTS[group.source]}</td>
            <td className={styles.message}>
              <LongText text={maskText(stripAnsi(group.message)) || 'without a message'} />{' '}
              {fresh.has(group) && <Badge color="orange" text="new" tooltip="The run before had no such error." />}
            </td>
            <td>
              <First group={group} />
            </td>
          </tr>
        ))}
      </Table>
    </SummarySection>
  );
}

function First({ group: { source, key, line } }: { group: ErrorGroup }) {
  if (source === 'log') {
    return line === undefined ? null : (
      <StateLink to={{ show: undefined, tab: 'log', line, levels: [], find: '' }}>line {formatCount(line)}</StateLink>
    );
  }
  return (
    <StateLink
      to={{ show: undefined, tab: 'records', phase: source, outcome: 'failure', recordSearch: key ?? '' }}
      title="Show it among the records"
    >
      <code>{key}</code>
    </StateLink>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  none: css({ margin: 0, color: theme.colors.text.secondary }),
  count: css({ textAlign: 'right', fontVariantNumeric: 'tabular-nums' }),
  part: css({ whiteSpace: 'nowrap' }),
  message: css({ fontFamily: theme.typography.fontFamilyMonospace, fontSize: theme.typography.bodySmall.fontSize }),
});
