import { useEffect } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { ToolbarButton, useStyles2 } from '@grafana/ui';
import { useJobHistory } from '../JobHistoryContext';
import { formatCount } from '../model/numbers';
import type { LogLines } from './LogLines';
import { placeAmong, type MatchPlace } from './matches';
import { t } from '../../i18n/t';

interface Props {
  matches: LogLines;
  onGo(line: number | undefined): void;
}

/** From one match of a search to the next, alone or among all the other lines. */
export function MatchNav({ matches, onGo }: Props) {
  const styles = useStyles2(getStyles);
  const { state, update } = useJobHistory().location;
  const place = placeAmong(matches, state.line);
  // Those after the last that was read on are asked for before someone gets there.
  useEffect(() => matches.ensure(place.index ?? 0, (place.index ?? 0) + 1));
  const step = (label: string, icon: 'arrow-up' | 'arrow-down', line: number | undefined) => (
    <ToolbarButton
      icon={icon}
      variant="canvas"
      aria-label={label}
      tooltip={label}
      disabled={line === undefined}
      onClick={() => onGo(line)}
    />
  );
  return (
    <div role="group" aria-label={t('log.matchNav.matches', 'Matches')} className={styles.nav}>
      {step(t('log.matchNav.previous-match', 'Previous match'), 'arrow-up', place.previous)}
      {step(t('log.matchNav.next-match', 'Next match'), 'arrow-down', place.next)}
      <span className={styles.place} aria-live="polite">
        {placeWords(place, matches.total)}
      </span>
      <ToolbarButton
        icon="filter"
        variant={state.around ? 'canvas' : 'active'}
        aria-label={t('log.matchNav.only-matching-lines', 'Only matching lines')}
        tooltip={t('log.matchNav.only-matching-lines', 'Only matching lines')}
        aria-pressed={!state.around}
        onClick={() => update({ around: !state.around }, { replace: true })}
      />
    </div>
  );
}

function placeWords({ index }: MatchPlace, total: number | undefined): string {
  if (total === undefined) {
    return '';
  }
  return index === undefined
    ? t('log.matchNav.found', '{{total}} found', { total: formatCount(total) })
    : t('log.matchNav.of', '{{index}} of {{total}}', { index: formatCount(index + 1), total: formatCount(total) });
}

const getStyles = (theme: GrafanaTheme2) => ({
  nav: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.5) }),
  place: css({
    padding: theme.spacing(0, 0.5),
    color: theme.colors.text.secondary,
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
  }),
});
