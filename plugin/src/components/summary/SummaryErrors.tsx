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
import { t } from '../../i18n/t';

const partWords = () => ({ metadata: 'METADATA', data: 'DATA', log: t('summary.summaryErrors.log', 'Log') });

/** What went wrong, most frequent first, and which of it is new. */
export function SummaryErrors({ run, summary }: { run: RunAnswer; summary: Summary }) {
  const styles = useStyles2(getStyles);
  const { errors, errorsBefore, previous } = summary;
  const fresh = previous ? newGroups(errors, errorsBefore) : new Set<ErrorGroup>();
  if (errors.length === 0) {
    return (
      <SummarySection title={t('summary.summaryErrors.errors-by-message', 'Errors by message')}>
        <p className={styles.none}>
          {run.counts.data.failure + run.counts.metadata.failure > 0
            ? t(
                'summary.summaryErrors.the-run-counted-failures',
                'The run counted failures, but sent no records or error lines that say which.'
              )
            : t('summary.summaryErrors.no-record-failed-and', 'No record failed, and the log has no error line.')}
        </p>
      </SummarySection>
    );
  }
  return (
    <SummarySection title={t('summary.summaryErrors.errors-by-message', 'Errors by message')}>
      <Table
        head={[
          t('summary.summaryErrors.count', 'Count'),
          t('summary.summaryErrors.part', 'Part'),
          t('summary.summaryErrors.message', 'Message'),
          t('summary.summaryErrors.first', 'First'),
        ]}
      >
        {errors.map((group) => (
          <tr key={`${group.source} ${group.message}`}>
            <td className={styles.count}>{formatCount(group.count)}</td>
            <td className={styles.part}>{partWords()[group.source]}</td>
            <td className={styles.message}>
              <LongText
                text={
                  maskText(stripAnsi(group.message)) ||
                  t('summary.summaryErrors.without-a-message', 'without a message')
                }
              />{' '}
              {fresh.has(group) && (
                <Badge
                  color="orange"
                  text={t('summary.summaryErrors.new', 'new')}
                  tooltip={t('summary.summaryErrors.the-run-before-had', 'The run before had no such error.')}
                />
              )}
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
      <StateLink to={{ show: undefined, tab: 'log', line, levels: [], find: '' }}>
        {t('summary.summaryErrors.line', 'line {{line}}', { line: formatCount(line) })}
      </StateLink>
    );
  }
  return (
    <StateLink
      to={{ show: undefined, tab: 'records', phase: source, outcome: 'failure', recordSearch: key ?? '' }}
      title={t('summary.summaryErrors.show-it-among-the', 'Show it among the records')}
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
