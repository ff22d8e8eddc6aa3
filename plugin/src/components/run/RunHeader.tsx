import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { ClipboardButton, LinkButton, useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { StateLink } from '../common/StateLink';
import { NARROW } from '../common/styles';
import { useNow } from '../hooks/useNow';
import { useJobHistory } from '../JobHistoryContext';
import { formatDuration } from '../model/duration';
import { elapsed } from '../model/run';
import { isOpen } from '../model/status';
import { formatExactTime, formatTime, toMs } from '../model/time';
import { NO_FILTERS, NO_RUN } from '../model/urlState';
import { StatusBadge } from '../status/StatusBadge';

export function RunHeader({ run }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  return (
    <header className={styles.header}>
      <h2 className={styles.job}>
        <StateLink to={{ ...NO_RUN, ...NO_FILTERS, job: run.job }} title="All runs of this job">
          {run.job}
        </StateLink>
      </h2>
      <span className={styles.id}>
        {run.run}
        <ClipboardButton
          getText={() => run.run}
          icon="copy"
          size="sm"
          variant="secondary"
          fill="text"
          aria-label="Copy the run id"
        />
      </span>
      <StatusBadge status={run.status} text={run.status_text} />
      <RunFacts run={run} />
      {run.url && /^https?:/.test(run.url) && (
        <LinkButton
          href={run.url}
          target="_blank"
          rel="noreferrer"
          size="sm"
          variant="secondary"
          icon="external-link-alt"
        >
          Source
        </LinkButton>
      )}
    </header>
  );
}

/** When, how long, by whom: one quiet line. */
function RunFacts({ run }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useJobHistory();
  const now = useNow(isOpen(run.status) ? 1000 : undefined);
  const at = toMs(run.at) ?? 0;
  const startedAt = toMs(run.started_at);
  const duration = elapsed({ duration: run.duration_ms ?? undefined, startedAt, status: run.status }, now);
  const facts = [
    <time key="at" dateTime={run.at} title={formatExactTime(at, timeZone)}>
      {formatTime(at, timeZone)}
    </time>,
    duration === undefined ? undefined : <b key="duration">{formatDuration(duration)}</b>,
    run.usual_ms === null ? undefined : `usually ${formatDuration(run.usual_ms)}`,
    run.user ? `started by ${run.user}` : undefined,
    run.type ?? undefined,
    run.attempt > 1 ? `attempt ${run.attempt}` : undefined,
  ].filter((fact) => fact !== undefined);
  return (
    <span className={styles.facts}>
      {facts.map((fact, index) => (
        <span key={index} className={styles.fact}>
          {fact}
        </span>
      ))}
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  header: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(0.5, 1.5) }),
  job: css({ margin: 0, fontSize: theme.typography.h4.fontSize, overflowWrap: 'anywhere' }),
  id: css({
    display: 'inline-flex',
    alignItems: 'center',
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    color: theme.colors.text.secondary,
    overflowWrap: 'anywhere',
  }),
  facts: css({
    display: 'inline-flex',
    flexWrap: 'wrap',
    flex: 1,
    color: theme.colors.text.secondary,
    [NARROW]: { flexBasis: '100%' },
  }),
  fact: css({
    whiteSpace: 'nowrap',
    '& + &::before': { content: '"·"', margin: theme.spacing(0, 0.75) },
    '& b': { color: theme.colors.text.primary, fontWeight: theme.typography.fontWeightMedium },
  }),
});
