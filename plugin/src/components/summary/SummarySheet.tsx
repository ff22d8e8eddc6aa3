import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { Facts, type Fact } from '../common/Facts';
import { LongText } from '../common/LongText';
import { RunLink } from '../common/RunLink';
import { useJobHistory } from '../JobHistoryContext';
import { stripAnsi } from '../model/ansi';
import { formatDuration } from '../model/duration';
import { toText } from '../model/narrow';
import { formatExactTime, formatTime, toMs } from '../model/time';
import { RecommendedActions } from '../run/RecommendedActions';
import { StatusBadge } from '../status/StatusBadge';
import { SummaryCounts } from './SummaryCounts';
import { SummaryErrors } from './SummaryErrors';
import { SummarySteps } from './SummarySteps';
import { SummaryTiles } from './SummaryTiles';
import type { Summary } from './useSummary';
import { t } from '../../i18n/t';

/** The sheet itself, as it is read on the screen and on paper. */
export function SummarySheet({ run, summary }: { run: RunAnswer; summary: Summary }) {
  const styles = useStyles2(getStyles);
  const { previous } = summary;
  return (
    <div className={styles.sheet}>
      <header className={styles.header}>
        <h2>{t('summary.summarySheet.replicate-summary', 'Replicate summary')}</h2>
        <h3>{run.job}</h3>
        <span className={styles.line}>
          <StatusBadge status={run.status} text={run.status_text} />
          <code>{run.run}</code>
          {run.title && run.title !== run.job && <span>{run.title}</span>}
        </span>
      </header>
      <SummaryFacts run={run} />
      <SummaryTiles run={run} previous={previous} />
      <p className={styles.quiet}>
        {previous ? (
          <Compared previous={previous} />
        ) : (
          t('summary.summarySheet.there-is-no-run', 'There is no run before this one.')
        )}
      </p>
      <SummaryCounts run={run} previous={previous} />
      <SummaryErrors run={run} summary={summary} />
      <RecommendedActions run={run} />
      {run.steps.length > 0 && <SummarySteps run={run} previous={previous} />}
    </div>
  );
}

function Compared({ previous }: { previous: RunAnswer }) {
  const { timeZone } = useJobHistory();
  const at = toMs(previous.at) ?? 0;
  return (
    <>
      {t('summary.summarySheet.compared-with-the-run', 'Compared with the run before:')}{' '}
      <RunLink run={previous.key}>{previous.run}</RunLink>,{' '}
      <span title={formatExactTime(at, timeZone)}>{formatTime(at, timeZone)}</span>,{' '}
      <StatusBadge status={previous.status} text={previous.status_text} />
    </>
  );
}

function SummaryFacts({ run }: { run: RunAnswer }) {
  const { timeZone } = useJobHistory();
  const moment = (time: string | null) => {
    const ms = toMs(time);
    return ms === undefined ? undefined : formatExactTime(ms, timeZone);
  };
  const message = run.error?.message ?? run.message;
  const facts: Fact[] = [
    [t('summary.summarySheet.started', 'Started'), moment(run.started_at)],
    [t('summary.summarySheet.finished', 'Finished'), moment(run.finished_at)],
    [
      t('summary.summarySheet.usually-takes', 'Usually takes'),
      run.usual_ms === null ? undefined : formatDuration(run.usual_ms),
    ],
    [t('summary.summarySheet.connection', 'Connection'), toText(run.source.connection)],
    [t('summary.summarySheet.started-by', 'Started by'), run.user ?? undefined],
    [t('summary.summarySheet.type', 'Type'), run.type ?? undefined],
    [t('summary.summarySheet.attempt', 'Attempt'), run.attempt > 1 ? run.attempt : undefined],
    [
      t('summary.summarySheet.description', 'Description'),
      message ? <LongText text={stripAnsi(message)} /> : undefined,
    ],
  ];
  return <Facts facts={facts} look="columns" />;
}

const getStyles = (theme: GrafanaTheme2) => ({
  sheet: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    maxWidth: 960,
    margin: '0 auto',
    paddingBottom: theme.spacing(2),
    '& td a': { color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } },
  }),
  header: css({
    '& h2': {
      margin: 0,
      fontSize: theme.typography.bodySmall.fontSize,
      fontWeight: theme.typography.fontWeightMedium,
      color: theme.colors.text.secondary,
      letterSpacing: '0.04em',
    },
    '& h3': { margin: theme.spacing(0, 0, 0.5), fontSize: theme.typography.h3.fontSize, overflowWrap: 'anywhere' },
  }),
  line: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1),
    overflowWrap: 'anywhere',
  }),
  quiet: css({
    margin: 0,
    color: theme.colors.text.secondary,
    '& a': { color: theme.colors.text.link, textDecoration: 'underline' },
  }),
});
