import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { DurationChart } from '../charts/DurationChart';
import { RunsChart } from '../charts/RunsChart';
import { MEDIUM, NARROW } from '../common/styles';
import { LatestFailure } from './LatestFailure';
import { Tiles } from './Tiles';
import type { Overview } from './useOverview';
import { t } from '../../i18n/t';

const CHART_HEIGHT = 128;
const NOTHING: Overview = {
  now: { counts: new Map(), total: 0 },
  before: { counts: new Map(), total: 0 },
  runsOverTime: [],
  durationsOverTime: [],
};

/** Figures and charts of the range: is it going well, and has it changed? */
export function OverviewSection({ overview, stale }: { overview?: Overview; stale: boolean }) {
  const styles = useStyles2(getStyles);
  const shown = overview ?? NOTHING;
  const waiting = overview === undefined;
  return (
    <section
      aria-label={t('overview.overviewSection.overview', 'Overview')}
      aria-busy={stale}
      className={styles.section}
    >
      {shown.latestFailure && <LatestFailure run={shown.latestFailure} />}
      <Tiles now={shown.now} before={shown.before} waiting={waiting} />
      <RunsChart series={shown.runsOverTime} waiting={waiting} height={CHART_HEIGHT} />
      <DurationChart series={shown.durationsOverTime} waiting={waiting} height={CHART_HEIGHT} />
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  section: css({
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr) minmax(0, 1fr)',
    gap: theme.spacing(1.5, 3),
    padding: theme.spacing(1, 1, 1.5),
    [MEDIUM]: {
      gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
      '& > :not(figure)': { gridColumn: '1 / -1' },
    },
    [NARROW]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  }),
});
