import type { Level } from '../../../../ingest/src/model/words';
import type { Tone } from '../model/status';
import type { LevelGroup } from '../model/urlState';

const GROUPS: Record<LevelGroup, Level[]> = { errors: ['error', 'fatal'], warnings: ['warn'], new: [] };

/** The levels that a set of groups lets through; none given, all do. */
export function levelsOf(groups: readonly LevelGroup[]): Level[] {
  return groups.flatMap((group) => GROUPS[group]);
}

export function countOf(byLevel: Record<string, number>, group: LevelGroup): number {
  return GROUPS[group].reduce((sum, level) => sum + (byLevel[level] ?? 0), 0);
}

export function levelTone(level: Level): Tone | undefined {
  switch (level) {
    case 'fatal':
    case 'error':
      return 'error';
    case 'warn':
      return 'warning';
    case 'info':
      return undefined;
    default:
      return 'secondary';
  }
}

/** Levels as logs write them; a line of unknown level says nothing. */
export function levelWord(level: Level): string {
  return level === 'unknown' ? '' : level.toUpperCase();
}
