import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { toRecords, type RecordAnswer, type RunAnswer } from '../client/answers';
import { StateLink } from '../common/StateLink';
import { ellipsis } from '../common/styles';
import { useAnswer } from '../hooks/useAnswer';
import { useJobHistory } from '../JobHistoryContext';
import { formatCount } from '../model/numbers';
import type { Phase } from '../model/recordGroups';
import { maskText } from '../model/secrets';
import { StatusIcon } from '../status/StatusIcon';
import { t } from '../../i18n/t';

const SHOWN = 4;

/** The first few records of a phase: those that failed, else, of the schema, what was replicated. */
export function PhaseRecords({ run, phase }: { run: RunAnswer; phase: Phase }) {
  const styles = useStyles2(getStyles);
  const { success, failure } = run.records[phase];
  const outcome = failure > 0 ? 'failure' : 'success';
  const total = failure > 0 ? failure : success;
  // A row that went well says nothing here; there may be a million of them.
  const wanted = total > 0 && (failure > 0 || phase === 'metadata');
  const records = useFirstRecords(run.key, wanted ? { phase, outcome } : undefined, total);
  if (records.length === 0) {
    return null;
  }
  return (
    <ul className={styles.list}>
      {records.map((record) => (
        <li key={record.key} className={styles.item} title={maskText([record.key, record.message].join('\n').trim())}>
          <StatusIcon status={outcome === 'failure' ? 'failed' : 'succeeded'} size="xs" decorative />
          <span className={styles.key}>{record.key.slice(0, 200)}</span>
          <span className={cx(styles.message, outcome === 'failure' && styles.failed)}>
            {maskText(record.message.slice(0, 200))}
          </span>
        </li>
      ))}
      {total > records.length && (
        <li>
          <StateLink to={{ tab: 'records', phase, outcome, recordSearch: '' }} className={styles.more}>
            {t('run.phaseRecords.more', '{{total}} more', { total: formatCount(total - records.length) })}
          </StateLink>
        </li>
      )}
    </ul>
  );
}

/** @param count how many there are: while a run goes on, the list is asked for again with every new one */
function useFirstRecords(key: string, which: { phase: Phase; outcome: string } | undefined, count: number) {
  const { client } = useJobHistory();
  const answer = useAnswer<RecordAnswer[]>(
    () =>
      which
        ? client.get('v1/run/records', { key, ...which, limit: SHOWN }).then((page) => toRecords(page).records)
        : Promise.resolve([]),
    `${client.id} first records ${key} ${JSON.stringify(which)}`,
    Math.min(count, SHOWN)
  );
  return answer.data ?? [];
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    width: '100%',
    margin: theme.spacing(0.25, 0, 0),
    listStyle: 'none',
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  item: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.75), minWidth: 0 }),
  key: css({ ...ellipsis, flex: '0 1 auto', minWidth: 60, fontFamily: theme.typography.fontFamilyMonospace }),
  message: css({ ...ellipsis, flex: '1 1 40%', color: theme.colors.text.secondary }),
  failed: css({ color: theme.colors.error.text }),
  more: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
});
