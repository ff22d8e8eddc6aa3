import { t } from '../../i18n/t';

/** How a figure moved against the period before. */
export interface Delta {
  /** "▲", "▼", or "" where nothing moved. */
  arrow: string;
  text: string;
  mood: 'good' | 'bad' | 'neutral';
}

const same = (): Delta => ({ arrow: '', text: t('delta.same', 'as before'), mood: 'neutral' });

/** Change of a rate (0 to 1) in percentage points; down is bad. */
export function rateDelta(now: number | undefined, before: number | undefined): Delta | undefined {
  if (now === undefined || before === undefined) {
    return undefined;
  }
  const points = Math.round((now - before) * 1000) / 10;
  if (points === 0) {
    return same();
  }
  const size =
    points === 1 || points === -1 ? t('delta.point', '1 pt') : t('delta.points', '{{n}} pts', { n: Math.abs(points) });
  return points > 0
    ? { arrow: '▲', text: t('delta.better', '{{size}} better', { size }), mood: 'good' }
    : { arrow: '▼', text: t('delta.worse', '{{size}} worse', { size }), mood: 'bad' };
}

/** Durations wander; a change below this share is told, but is neither good nor bad. */
const NOTABLE = 0.05;

/** Relative change of a duration; up is bad. */
export function durationDelta(now: number | undefined, before: number | undefined): Delta | undefined {
  const change = relativeChange(now, before);
  if (change === undefined || change.size === undefined) {
    return change && same();
  }
  return change.up
    ? {
        arrow: '▲',
        text: t('delta.slower', '{{size}} slower', { size: change.size }),
        mood: change.notable ? 'bad' : 'neutral',
      }
    : {
        arrow: '▼',
        text: t('delta.faster', '{{size}} faster', { size: change.size }),
        mood: change.notable ? 'good' : 'neutral',
      };
}

/** Relative change of a count; neither way is good or bad. */
export function countDelta(now: number | undefined, before: number | undefined): Delta | undefined {
  return neutralDelta(now, before, (size) => t('delta.fewer', '{{size}} fewer', { size }));
}

/** Relative change of execution time in total; neither way is good or bad: there may just have been more to do. */
export function totalDelta(now: number | undefined, before: number | undefined): Delta | undefined {
  return neutralDelta(now, before, (size) => t('delta.less', '{{size}} less', { size }));
}

function neutralDelta(
  now: number | undefined,
  before: number | undefined,
  less: (size: string) => string
): Delta | undefined {
  const change = relativeChange(now, before);
  if (change === undefined || change.size === undefined) {
    return change && same();
  }
  const { size } = change;
  return change.up
    ? { arrow: '▲', text: t('delta.more', '{{size}} more', { size }), mood: 'neutral' }
    : { arrow: '▼', text: less(size), mood: 'neutral' };
}

/** Relative change of a speed; up is good. */
export function speedDelta(now: number | undefined, before: number | undefined): Delta | undefined {
  const change = relativeChange(now, before);
  if (change === undefined || change.size === undefined) {
    return change && same();
  }
  return change.up
    ? {
        arrow: '▲',
        text: t('delta.faster', '{{size}} faster', { size: change.size }),
        mood: change.notable ? 'good' : 'neutral',
      }
    : {
        arrow: '▼',
        text: t('delta.slower', '{{size}} slower', { size: change.size }),
        mood: change.notable ? 'bad' : 'neutral',
      };
}

/** Change of how much failed, as a count: each one matters, also the first. Up is bad. */
export function failureDelta(now: number | undefined, before: number | undefined): Delta | undefined {
  if (now === undefined || before === undefined) {
    return undefined;
  }
  const size = Math.abs(now - before).toLocaleString('en');
  if (now === before) {
    return same();
  }
  return now > before
    ? { arrow: '▲', text: t('delta.more', '{{size}} more', { size }), mood: 'bad' }
    : { arrow: '▼', text: t('delta.fewer', '{{size}} fewer', { size }), mood: 'good' };
}

function relativeChange(now: number | undefined, before: number | undefined) {
  if (now === undefined || before === undefined || before <= 0) {
    return undefined;
  }
  const ratio = now / before;
  const percent = Math.round((ratio - 1) * 100);
  if (percent === 0) {
    return { up: false, size: undefined, notable: false };
  }
  // "900 %" says less than "10 ×".
  const size = ratio >= 3 ? `${Math.round(ratio * 10) / 10} ×` : `${Math.abs(percent)} %`;
  return { up: percent > 0, size, notable: Math.abs(ratio - 1) >= NOTABLE };
}
