import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { MEDIUM, NARROW } from '../common/styles';
import { countDelta, durationDelta, rateDelta } from '../model/delta';
import { formatDuration } from '../model/duration';
import { formatCount, formatRate } from '../model/numbers';
import { Tile } from './Tile';
import type { Overview } from './useOverview';
import { t } from '../../i18n/t';

interface Props extends Pick<Overview, 'now' | 'before'> {
  /** The first answer is still to come: no figure is known, not even 0. */
  waiting: boolean;
}

/** The four figures of the range, each with its change against the period of the same length before. */
export function Tiles({ now, before, waiting }: Props) {
  const styles = useStyles2(getStyles);
  const nothingBefore =
    before.total === 0 && now.total > 0
      ? t('overview.tiles.nothing-before-to-compare', 'nothing before to compare')
      : undefined;
  return (
    <div className={styles}>
      <Tile
        label={t('overview.tiles.success-rate', 'Success rate')}
        value={formatRate(now.rate)}
        delta={rateDelta(now.rate, before.rate)}
        before={formatRate(before.rate)}
        note={
          !waiting && now.rate === undefined
            ? t('overview.tiles.no-finished-run-to', 'no finished run to rate')
            : nothingBefore
        }
      />
      <Tile
        label={t('overview.tiles.runs', 'Runs')}
        value={waiting ? '–' : formatCount(now.total)}
        delta={countDelta(now.total, before.total)}
        before={formatCount(before.total)}
        note={nothingBefore}
      />
      <Tile
        label={t('overview.tiles.duration-p50', 'Duration p50')}
        value={formatDuration(now.p50)}
        delta={durationDelta(now.p50, before.p50)}
        before={formatDuration(before.p50)}
        note={nothingBefore}
      />
      <Tile
        label={t('overview.tiles.duration-p95', 'Duration p95')}
        value={formatDuration(now.p95)}
        delta={durationDelta(now.p95, before.p95)}
        before={formatDuration(before.p95)}
        note={nothingBefore}
      />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    display: 'grid',
    gridTemplateColumns: 'repeat(2, max-content)',
    alignContent: 'space-around',
    gap: theme.spacing(1, 4),
    [MEDIUM]: { gridTemplateColumns: 'repeat(4, 1fr)' },
    [NARROW]: { gridTemplateColumns: 'repeat(2, 1fr)', gap: theme.spacing(1, 2) },
  });
