import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import { readRows } from '../../components/client/frames';
import { ErrorMessage } from '../../components/common/ErrorMessage';
import { useNow } from '../../components/hooks/useNow';
import { useJobHistory } from '../../components/JobHistoryContext';
import { formatExactTime, formatTime } from '../../components/model/time';
import { StatusBadge } from '../../components/status/StatusBadge';
import { toJobRow, type JobRow } from '../common/jobs';
import { RunbookLink } from '../../components/common/RunbookLink';
import { RunStrip } from '../common/RunStrip';
import { useQuestion } from '../common/useQuestion';
import { hrefTo } from '../paths';
import { t } from '../../i18n/t';

/** What kind of job it is, how it last went, when it comes next: one line under the title. */
export function JobFacts({ job }: { job: string }) {
  const styles = useStyles2(getStyles);
  const {
    data: row,
    error,
    loading,
  } = useQuestion({ question: 'jobs', limit: 1 }, ([frame]) => {
    const [first] = readRows(frame);
    return first && toJobRow(first);
  });
  if (error) {
    return <ErrorMessage error={error} />;
  }
  if (!row && !loading) {
    return <p>{t('job.jobFacts.unknown', 'Neither a run nor a config of this job is known.')}</p>;
  }
  return (
    <div className={styles.facts}>
      {row && <Facts row={row} />}
      {row && row.strip.length > 0 && (
        <span className={styles.strip}>
          <RunStrip job={job} runs={row.strip} />
        </span>
      )}
    </div>
  );
}

function Facts({ row }: { row: JobRow }) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useJobHistory();
  const now = useNow(30_000);
  const { lastKey, lastAt, nextAt, job, type, owner } = row;
  const late = nextAt !== undefined && nextAt < now;
  return (
    <>
      {lastKey && (
        <a href={hrefTo('run', { key: lastKey, job })} className={styles.last}>
          <StatusBadge status={row.lastStatus} />
          {lastAt !== undefined && (
            <span title={formatExactTime(lastAt, timeZone)}>{formatTime(lastAt, timeZone)}</span>
          )}
        </a>
      )}
      {type && <a href={hrefTo('jobs', { type })}>{type}</a>}
      {owner && (
        <a href={hrefTo('jobs', { owner })} className={styles.fact}>
          <Icon name="users-alt" size="sm" aria-label={t('job.jobFacts.owner', 'Owner')} /> {owner}
        </a>
      )}
      {row.schedule && (
        <span className={styles.fact}>
          <Icon name="clock-nine" size="sm" aria-label={t('job.jobFacts.schedule', 'Schedule')} />{' '}
          <code>{row.schedule}</code>
          {row.timeZone && ` ${row.timeZone}`}
          {row.paused && t('job.jobFacts.paused', ' (paused)')}
        </span>
      )}
      {!row.schedule && row.usual && <span>{row.usual}</span>}
      {nextAt !== undefined && (
        <span title={formatExactTime(nextAt, timeZone)} className={late ? styles.late : undefined}>
          {late ? t('job.jobFacts.was-expected', 'was expected') : t('job.jobFacts.next', 'next')}{' '}
          {formatTime(nextAt, timeZone)}
        </span>
      )}
      <RunbookLink url={row.runbookUrl} />
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  facts: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 2),
    minHeight: 30,
    color: theme.colors.text.secondary,
    '& a:hover': { textDecoration: 'underline' },
  }),
  last: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(1) }),
  fact: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.5) }),
  late: css({ color: theme.colors.warning.text }),
  strip: css({ marginLeft: 'auto' }),
});
