import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { countDelta, durationDelta, failureDelta, speedDelta } from '../model/delta';
import { formatDuration } from '../model/duration';
import { formatCount, formatSpeed } from '../model/numbers';
import { Tile } from '../overview/Tile';
import { figuresOf, throughputOf } from './figures';
import { t } from '../../i18n/t';

/** The four figures of a run, each with its change against the run before. */
export function SummaryTiles({ run, previous }: { run: RunAnswer; previous?: RunAnswer }) {
  const styles = useStyles2(getStyles);
  const now = figuresOf(run);
  const before = previous && figuresOf(previous);
  const [duration, durationBefore] = [run.duration_ms ?? undefined, previous?.duration_ms ?? undefined];
  const [speed, speedBefore] = [throughputOf(run), previous && throughputOf(previous)];
  return (
    <section className={styles} aria-label={t('summary.summaryTiles.figures', 'Figures')}>
      <Tile
        label={t('summary.summaryTiles.duration', 'Duration')}
        value={formatDuration(duration)}
        delta={durationDelta(duration, durationBefore)}
        before={formatDuration(durationBefore)}
        period="run"
      />
      <Tile
        label={t('summary.summaryTiles.records', 'Records')}
        value={formatCount(now.total)}
        delta={countDelta(now.total, before?.total)}
        before={before && formatCount(before.total)}
        period="run"
      />
      <Tile
        label={t('summary.summaryTiles.failures', 'Failures')}
        value={formatCount(now.failure)}
        delta={failureDelta(now.failure, before?.failure)}
        before={before && formatCount(before.failure)}
        period="run"
      />
      <Tile
        label={t('summary.summaryTiles.throughput-records-s', 'Throughput, records/s')}
        value={formatSpeed(speed)}
        delta={speedDelta(speed, speedBefore)}
        before={formatSpeed(speedBefore)}
        period="run"
        note={
          speed === undefined ? t('summary.summaryTiles.no-records-or-no', 'no records, or no duration') : undefined
        }
      />
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(130px, 1fr))',
    gap: theme.spacing(1, 3),
    padding: theme.spacing(1.5, 0),
    borderBlock: `1px solid ${theme.colors.border.weak}`,
  });
