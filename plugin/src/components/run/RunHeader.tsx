import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { ClipboardButton, useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { StateLink } from '../common/StateLink';
import { NARROW } from '../common/styles';
import { useNow } from '../hooks/useNow';
import { useJobHistory } from '../JobHistoryContext';
import { formatDuration } from '../model/duration';
import { elapsed } from '../model/run';
import { isOpen } from '../model/status';
import { toText } from '../model/narrow';
import { formatExactTime, formatTime, toMs } from '../model/time';
import { NO_FILTERS, NO_RUN } from '../model/urlState';
import { StatusBadge } from '../status/StatusBadge';
import { ReplicatedFile } from './ReplicatedFile';
import { t } from '../../i18n/t';

interface Props {
  run: RunAnswer;
  /** Left out where a page's own title is the job. */
  showJob?: boolean;
  /** What can be done with it. */
  children?: React.ReactNode;
}

/** Which run it is and how it went. */
export function RunHeader({ run, showJob = true, children }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <header className={styles.header}>
      {showJob && (
        <h2 className={styles.job}>
          <StateLink
            to={{ ...NO_RUN, ...NO_FILTERS, job: run.job }}
            title={t('run.runHeader.all-runs-of-this', 'All runs of this job')}
          >
            {run.job}
          </StateLink>
        </h2>
      )}
      {run.run !== '' && (
        <span className={styles.id} title={t('run.runHeader.run-id', 'Run id')}>
          {run.run}
          <ClipboardButton
            getText={() => run.run}
            icon="copy"
            size="sm"
            variant="secondary"
            fill="text"
            aria-label={t('run.runHeader.copy-the-run-id', 'Copy the run id')}
          />
        </span>
      )}
      <StatusBadge status={run.status} text={run.status_text} />
      {children}
      {run.title && run.title !== run.job && <p className={styles.title}>{run.title}</p>}
      <RunFacts run={run} />
      <ReplicatedFile run={run} />
    </header>
  );
}

/** When, how long, by whom, on what: one quiet line. */
function RunFacts({ run }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useJobHistory();
  const now = useNow(isOpen(run.status) ? 1000 : undefined);
  const at = toMs(run.at) ?? 0;
  const startedAt = toMs(run.started_at);
  const duration = elapsed({ duration: run.duration_ms ?? undefined, startedAt, status: run.status }, now);
  const connection = toText(run.source.connection);
  const facts = [
    <time key="at" dateTime={run.at} title={formatExactTime(at, timeZone)}>
      {formatTime(at, timeZone)}
    </time>,
    duration === undefined ? undefined : <b key="duration">{formatDuration(duration)}</b>,
    run.usual_ms === null
      ? undefined
      : t('run.runHeader.usually', 'usually {{usual_ms}}', { usual_ms: formatDuration(run.usual_ms) }),
    run.user ? t('run.runHeader.started-by', 'started by {{user}}', { user: run.user }) : undefined,
    connection === undefined ? undefined : (
      <span key="connection">
        {t('run.runHeader.connection', 'connection')}{' '}
        <StateLink
          to={{ ...NO_RUN, ...NO_FILTERS, connection }}
          className={styles.link}
          title={t('run.runHeader.all-runs-on-this', 'All runs on this connection')}
        >
          {connection}
        </StateLink>
      </span>
    ),
    run.type ?? undefined,
    run.attempt > 1 ? t('run.runHeader.attempt', 'attempt {{attempt}}', { attempt: run.attempt }) : undefined,
  ].filter((fact) => fact !== undefined);
  return (
    <div className={styles.facts}>
      {facts.map((fact, index) => (
        <span key={index} className={styles.fact}>
          {fact}
        </span>
      ))}
    </div>
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
    '& button': { padding: theme.spacing(0, 0.5), marginLeft: theme.spacing(0.5) },
  }),
  title: css({ flexBasis: '100%', margin: 0, overflowWrap: 'anywhere' }),
  facts: css({
    display: 'flex',
    flexWrap: 'wrap',
    flexBasis: '100%',
    color: theme.colors.text.secondary,
  }),
  fact: css({
    '&:not(:last-child)::after': { content: '"·"', margin: theme.spacing(0, 0.75) },
    '& b': { color: theme.colors.text.primary, fontWeight: theme.typography.fontWeightMedium },
    [NARROW]: { overflowWrap: 'anywhere' },
  }),
  link: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
});
