import { memo } from 'react';
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2, TimeZone } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { durationDelta, rateDelta, type Delta } from '../../components/model/delta';
import { formatDuration } from '../../components/model/duration';
import { formatCount, formatRate } from '../../components/model/numbers';
import { formatExactTime, formatTime } from '../../components/model/time';
import { StatusIcon } from '../../components/status/StatusIcon';
import { toneText } from '../../components/status/tone';
import type { JobRow } from '../common/jobs';
import { RunStrip } from '../common/RunStrip';
import { Spark } from '../common/Spark';
import { hrefTo } from '../paths';
import { getJobListStyles } from './jobListStyles';
import { t } from '../../i18n/t';

interface Props {
  job: JobRow;
  now: number;
  timeZone: TimeZone;
}

export const JobListRow = memo(function JobListRow({ job: row, now, timeZone }: Props) {
  const styles = useStyles2(getJobListStyles);
  const { job } = row;
  return (
    <div className={styles.row} role="presentation">
      <span role="cell" className={styles.status}>
        {row.lastKey ? (
          <a href={hrefTo('run', { key: row.lastKey, job })} title={t('jobs.jobListRow.the-last-run', 'The last run')}>
            <StatusIcon status={row.lastStatus} />
          </a>
        ) : (
          <StatusIcon status={row.lastStatus} />
        )}
      </span>
      <span role="cell" className={styles.job} title={job}>
        <a href={hrefTo('job', { job })} className={styles.name}>
          {job}
        </a>
        <span className={styles.sub}>{subOf(row)}</span>
      </span>
      <span role="cell" className={styles.strip}>
        {row.strip.length > 0 ? <RunStrip job={job} runs={row.strip} /> : t('jobs.jobListRow.no-run-yet', 'no run yet')}
      </span>
      <span role="cell" className={styles.rate}>
        {formatRate(row.successRate)}
        <Change delta={rateDelta(row.successRate, row.successRateBefore)} />
      </span>
      <span role="cell" className={styles.p50}>
        {formatDuration(row.p50)}
        <Change delta={durationDelta(row.p50, row.p50Before)} />
      </span>
      <span role="cell" className={styles.p95}>
        {formatDuration(row.p95)}
        <Change delta={durationDelta(row.p95, row.p95Before)} />
      </span>
      <span role="cell" className={styles.runs}>
        <a href={hrefTo('job', { job }, 'runs')}>{formatCount(row.runs)}</a>
      </span>
      <span role="cell" className={styles.next}>
        <NextRun row={row} now={now} timeZone={timeZone} />
      </span>
      <span role="cell" className={styles.trend}>
        <Spark
          values={row.trend}
          label={t('jobs.jobListRow.mean-duration-of-over', 'Mean duration of {{job}} over the time range', { job })}
        />
      </span>
      <span role="cell" className={styles.owner} title={row.owner}>
        {row.owner && <a href={hrefTo('jobs', { owner: row.owner })}>{row.owner}</a>}
      </span>
    </div>
  );
});

function NextRun({ row, now, timeZone }: { row: JobRow; now: number; timeZone: TimeZone }) {
  const styles = useStyles2(getJobListStyles);
  if (row.paused) {
    return <>{t('jobs.jobListRow.paused', 'paused')}</>;
  }
  if (row.nextAt === undefined) {
    return <span className={styles.sub}>{row.usual}</span>;
  }
  const late = row.nextAt < now;
  return (
    <>
      <span className={late ? styles.late : undefined} title={formatExactTime(row.nextAt, timeZone)}>
        {late && t('jobs.jobListRow.late', 'late: ')}
        {formatTime(row.nextAt, timeZone)}
      </span>
      <span className={styles.sub}>{row.schedule ?? row.usual}</span>
    </>
  );
}

/** Only what has changed for better or worse is said. */
function Change({ delta }: { delta: Delta | undefined }) {
  const styles = useStyles2(getStyles);
  if (!delta || delta.mood === 'neutral') {
    return null;
  }
  return (
    <span className={cx(styles.change, delta.mood === 'bad' ? styles.bad : styles.good)}>
      {delta.arrow} {delta.text}
    </span>
  );
}

function subOf({ type, lastMessage }: JobRow): string {
  return [type, lastMessage].filter(Boolean).join(' · ');
}

const getStyles = (theme: GrafanaTheme2) => ({
  change: css({ display: 'block', fontSize: 11, lineHeight: 1.2 }),
  bad: css({ color: toneText(theme, 'error') }),
  good: css({ color: toneText(theme, 'success') }),
});
