import type { DataFrame } from '@grafana/data';
import { readRows } from '../../components/client/frames';
import type { NewLines } from '../../components/log/newLines';
import { parseJson, toNumber, toText } from '../../components/model/narrow';

/** A log line that the run has and its last success has not. */
export interface NewLine {
  n: number;
  level: string;
  text: string;
}

/** A run against another, the last success unless said otherwise. Times are epoch milliseconds, durations milliseconds. */
export interface Comparison {
  other: { key: string; run: string; at?: number; duration?: number; lines: number };
  duration?: number;
  lines: number;
  fresh: NewLines;
  /** The first of the new lines; a long log has more of them. */
  shown: NewLine[];
}

/** Reads the frames of the question `compare`; undefined where there is nothing to compare with. */
export function readComparison(frames: DataFrame[]): Comparison | undefined {
  const named = (name: string) => readRows(frames.find((frame) => frame.name === name));
  const [summary] = named('summary');
  const key = toText(summary?.('with_key'));
  if (!summary || key === undefined) {
    return undefined;
  }
  return {
    other: {
      key,
      run: toText(summary('with_run')) ?? '',
      at: toNumber(summary('with_at')),
      duration: toNumber(summary('with_duration')),
      lines: toNumber(summary('with_lines')) ?? 0,
    },
    duration: toNumber(summary('duration')),
    lines: toNumber(summary('lines')) ?? 0,
    fresh: {
      ranges: readRanges(summary('ranges')),
      count: toNumber(summary('new_lines')) ?? 0,
      first: toNumber(summary('first_new')),
    },
    shown: named('lines').map((line) => ({
      n: toNumber(line('n')) ?? 0,
      level: toText(line('severity')) ?? 'unknown',
      text: toText(line('body')) ?? '',
    })),
  };
}

function readRanges(json: unknown): Array<[number, number]> {
  const value = parseJson(json);
  return Array.isArray(value)
    ? value.flatMap((pair: unknown): Array<[number, number]> => {
        const [from, to] = Array.isArray(pair) ? [toNumber(pair[0]), toNumber(pair[1])] : [];
        return from !== undefined && to !== undefined ? [[from, to]] : [];
      })
    : [];
}
