import type { DataFrame } from '@grafana/data';
import { readColumn } from '../client/frames';
import { toNumber, toText } from '../model/narrow';
import type { Phase } from '../model/recordGroups';

/** Errors of a run with the same message but for times, numbers and ids. */
export interface ErrorGroup {
  source: Phase | 'log';
  /** The first of them. */
  message: string;
  count: number;
  /** Of the first record. */
  key?: string;
  /** Number of the first line. */
  line?: number;
}

/** The rows of an `errors` frame. */
export function toErrorGroups(frame: DataFrame | undefined): ErrorGroup[] {
  const [keys, lines, counts, messages] = ['key', 'line', 'count', 'message'].map((name) => readColumn(frame, name));
  return readColumn(frame, 'source').map((source, row) => ({
    source: source === 'metadata' || source === 'data' ? source : 'log',
    message: toText(messages?.[row]) ?? '',
    count: toNumber(counts?.[row]) ?? 0,
    key: toText(keys?.[row]),
    line: toNumber(lines?.[row]),
  }));
}

/** Those of a run that the other did not have. What differs only in times, numbers and ids is the same. */
export function newGroups(groups: ErrorGroup[], before: ErrorGroup[]): ReadonlySet<ErrorGroup> {
  const known = new Set(before.map(kindOf));
  return new Set(groups.filter((group) => !known.has(kindOf(group))));
}

const kindOf = ({ source, message }: ErrorGroup) => `${source} ${message.replace(/[\da-f-]*\d[\da-f-]*/gi, '#')}`;
