import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { RunsChart } from '../../components/charts/RunsChart';
import { ErrorMessage } from '../../components/common/ErrorMessage';
import { MEDIUM } from '../../components/common/styles';
import { Tiles } from '../../components/overview/Tiles';
import { useOverview, type Figures } from '../../components/overview/useOverview';
import { PageBody } from '../common/PageBody';
import { Section } from '../common/Section';
import { CorePanel } from '../scene/CorePanel';
import { DayCalendar } from './DayCalendar';
import { JobFacts } from './JobFacts';
import { RunBars } from './RunBars';
import { useJobName } from './useJobName';
import { t } from '../../i18n/t';

const NOTHING: Figures = { counts: new Map(), total: 0 };
const PANEL_HEIGHT = 240;

/** How a job is doing: rate, durations, every run on a scale of time, and its days. */
export default function JobOverview() {
  const styles = useStyles2(getStyles);
  const job = useJobName();
  const overview = useOverview();
  const { now = NOTHING, before = NOTHING, runsOverTime = [] } = overview.data ?? {};
  const waiting = overview.data === undefined;
  return (
    <PageBody>
      <JobFacts job={job} />
      <Section
        title={t('job.jobOverview.in-this-time-range', 'In this time range')}
        note={t('job.jobOverview.against-the-same-time', 'against the same time before')}
        loading={overview.loading}
      >
        {overview.error && <ErrorMessage error={overview.error} />}
        {(overview.data || !overview.error) && (
          <div className={styles.figures}>
            <Tiles now={now} before={before} waiting={waiting} />
            <RunsChart series={runsOverTime} waiting={waiting} height={128} />
          </div>
        )}
      </Section>
      <RunBars />
      <div className={styles.panels}>
        <CorePanel name="rate" height={PANEL_HEIGHT} />
        <CorePanel name="durations" height={PANEL_HEIGHT} />
        <CorePanel name="histogram" height={PANEL_HEIGHT} />
        <DayCalendar job={job} />
      </div>
    </PageBody>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  figures: css({
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    gap: theme.spacing(1.5, 3),
    [MEDIUM]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  }),
  panels: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 420px), 1fr))',
    gap: theme.spacing(1.25),
  }),
});
