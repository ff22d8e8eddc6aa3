import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Badge, useStyles2 } from '@grafana/ui';
import { errorLine, MEDIUM, NARROW } from '../../components/common/styles';
import { useJobHistory } from '../../components/JobHistoryContext';
import { formatCount, plural } from '../../components/model/numbers';
import { formatAgo, formatExactTime } from '../../components/model/time';
import { hrefTo } from '../paths';
import { CountBars } from './CountBars';
import { whatFailed, type Failure } from './failures';
import { t } from '../../i18n/t';

interface Props {
  failure: Failure;
  now: number;
  /** On the page of one job its name says nothing. */
  showJobs: boolean;
}

const JOBS_SHOWN = 3;

/** One way to fail: what it says, since when, how often, which jobs; a click leads to the newest line or to the runs. */
export function FailureItem({ failure, now, showJobs }: Props) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useJobHistory();
  const { fingerprint, errorType, firstSeen, lastSeen, count, jobs, hit, last, isNew, overTime } = failure;
  const seen = (at: number) => (
    <time dateTime={new Date(at).toISOString()} title={formatExactTime(at, timeZone)}>
      {formatAgo(at, now)}
    </time>
  );
  const more = jobs - JOBS_SHOWN;
  return (
    <li className={styles.item}>
      <div className={styles.what}>
        <span className={styles.type}>
          {isNew && (
            <Badge
              text={t('failures.failureItem.new', 'new')}
              color="red"
              tooltip={t('failures.failureItem.first-seen-in-this', 'First seen in this time range')}
            />
          )}
          {errorType ?? t('failures.failureItem.no-error-type', 'No error type')}
        </span>
        <a
          href={hrefTo('run', last)}
          className={styles.line}
          title={t('failures.failureItem.the-newest-run-at', 'The newest run, at this line')}
        >
          {whatFailed(failure)}
        </a>
        {showJobs && hit.length > 0 && (
          <span className={styles.jobs}>
            {hit.slice(0, JOBS_SHOWN).map(({ job, count }) => (
              <a key={job} href={hrefTo('job', { job, fingerprint }, 'failures')}>
                {job} <span className={styles.quiet}>{formatCount(count)}</span>
              </a>
            ))}
            {more > 0 && (
              <span className={styles.quiet}>
                {t('failures.failureItem.and', 'and {{more}}', { more: plural(more, 'more job') })}
              </span>
            )}
          </span>
        )}
      </div>
      <div className={styles.bars}>
        <CountBars
          counts={overTime}
          label={t('failures.failureItem.failures-over-the-time', '{{n}} failures over the time range', {
            n: formatCount(count),
          })}
        />
      </div>
      <div className={styles.when}>
        <span>
          {t('failures.failureItem.last', 'last')} {seen(lastSeen)}
        </span>
        <span className={styles.quiet}>
          {t('failures.failureItem.first', 'first')} {seen(firstSeen)}
        </span>
      </div>
      <a
        href={hrefTo('history', { status: 'failed,timed_out', fingerprint, ...(showJobs ? {} : { job: last.job }) })}
        className={styles.count}
        title={t('failures.failureItem.all-runs-that-failed', 'All runs that failed like this')}
      >
        {plural(count, 'run')}
      </a>
    </li>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  item: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 130px 130px 80px',
    alignItems: 'center',
    gap: theme.spacing(0.5, 2),
    padding: theme.spacing(1, 0),
    borderTop: `1px solid ${theme.colors.border.weak}`,
    '& a:hover': { textDecoration: 'underline' },
    [MEDIUM]: { gridTemplateColumns: 'minmax(0, 1fr) 130px 80px' },
    [NARROW]: { gridTemplateColumns: 'minmax(0, 1fr) max-content' },
  }),
  what: css({ minWidth: 0, [NARROW]: { gridColumn: '1 / -1' } }),
  type: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    fontWeight: theme.typography.fontWeightMedium,
    overflowWrap: 'anywhere',
    '& > *': { flex: 'none' },
  }),
  line: css(errorLine(theme)),
  jobs: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.25, 1.5),
    fontSize: theme.typography.bodySmall.fontSize,
    overflowWrap: 'anywhere',
  }),
  quiet: css({ color: theme.colors.text.secondary }),
  bars: css({ [MEDIUM]: { display: 'none' } }),
  when: css({ display: 'flex', flexDirection: 'column', fontSize: theme.typography.bodySmall.fontSize }),
  count: css({ textAlign: 'right', color: theme.colors.text.link, fontVariantNumeric: 'tabular-nums' }),
});
