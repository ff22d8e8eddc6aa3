import { memo, useCallback } from 'react';
import { cx } from '@emotion/css';
import type { TimeZone } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { RunLink } from '../common/RunLink';
import { visuallyHidden } from '../common/styles';
import { stripAnsi } from '../model/ansi';
import { formatDuration } from '../model/duration';
import { elapsed, shortId, type RunRow } from '../model/run';
import { isFailure, statusLook } from '../model/status';
import { formatExactTime, formatTime } from '../model/time';
import { StatusIcon } from '../status/StatusIcon';
import { DurationBar } from './DurationBar';
import { getRunListStyles } from './runListStyles';

interface Props {
  run: RunRow;
  index: number;
  /** Only rows of running runs are told the time: the others need not follow it. */
  now: number;
  timeZone: TimeZone;
  /** Only one row of the list stands in the tab order; arrow keys go to the others. */
  tabbable: boolean;
  register(index: number, element: HTMLElement | null): void;
  onFocus(index: number): void;
}

/** Messages are cut before they reach the page: a row shows a hundred characters of them at most. */
const MAX_MESSAGE = 500;

/** One run; the whole row is a link to it. */
export const RunListRow = memo(function RunListRow({ run, index, now, timeZone, tabbable, register, onFocus }: Props) {
  const ref = useCallback((element: HTMLElement | null) => register(index, element), [register, index]);
  const styles = useStyles2(getRunListStyles);
  const duration = elapsed(run, now);
  const { label } = statusLook(run.status);
  const failed = isFailure(run.status);
  const message = stripAnsi(((failed ? run.errorLine : undefined) ?? run.message ?? '').slice(0, MAX_MESSAGE));
  return (
    <RunLink
      ref={ref}
      run={run.key}
      className={styles.row}
      tabIndex={tabbable ? 0 : -1}
      onFocus={() => onFocus(index)}
      data-run={run.run}
    >
      <span className={styles.status} title={label}>
        <StatusIcon status={run.status} decorative />
        <span className={visuallyHidden}>{label}: </span>
        <span className={styles.statusWord} aria-hidden>
          {label}
        </span>
      </span>
      <span className={styles.job} title={run.title ? `${run.job}: ${run.title}` : run.job}>
        {run.job}
      </span>
      <span className={styles.run} title={run.run}>
        {shortId(run.run)}
      </span>
      <span className={styles.started} title={formatExactTime(run.at, timeZone)}>
        {formatTime(run.at, timeZone)}
      </span>
      <span className={styles.duration}>{formatDuration(duration)}</span>
      <span className={styles.bar}>
        {duration !== undefined && run.usual !== undefined && (
          <DurationBar duration={duration} usual={run.usual} status={run.status} />
        )}
      </span>
      <span className={styles.connection} title={run.connection}>
        {run.connection}
      </span>
      <span className={styles.user} title={run.user}>
        {run.user}
      </span>
      <span className={cx(styles.message, failed && styles.failing)} title={message}>
        {message}
      </span>
    </RunLink>
  );
});
