import { FieldType, type DataFrame } from '@grafana/data';
import { isRecord, toNumber, toText } from '../model/narrow';

/** One number of a numeric answer with its labels. */
export interface LabelledNumber {
  labels: Record<string, string>;
  value: number;
}

/** The rows of a `numeric-long` frame: text columns are labels, the number column is the value. */
export function readNumbers(frames: DataFrame[] | undefined): LabelledNumber[] {
  return (frames ?? []).flatMap((frame) => {
    const number = frame.fields.find((field) => field.type === FieldType.number);
    const labels = frame.fields.filter((field) => field.type === FieldType.string);
    return Array.from({ length: number ? frame.length : 0 }, (_, row) => ({
      labels: Object.fromEntries(labels.map((field) => [field.name, String(field.values[row])])),
      value: toNumber(number?.values[row]) ?? NaN,
    })).filter(({ value }) => !Number.isNaN(value));
  });
}

export function readNumber(frames: DataFrame[] | undefined, labels: Record<string, string> = {}): number | undefined {
  const wanted = Object.entries(labels);
  return readNumbers(frames).find((row) => wanted.every(([name, value]) => row.labels[name] === value))?.value;
}

/** One line or bar set of a chart. */
export interface Series {
  label: string;
  times: number[];
  values: Array<number | null>;
}

/** The series of a time series answer, one frame each, named by one of their labels. */
export function readSeries(frames: DataFrame[] | undefined, label: string): Series[] {
  return (frames ?? []).flatMap((frame) => {
    const time = frame.fields.find((field) => field.type === FieldType.time);
    const number = frame.fields.find((field) => field.type === FieldType.number);
    return time && number
      ? [
          {
            label: number.labels?.[label] ?? '',
            times: time.values.map(Number),
            values: number.values.map((value) => toNumber(value) ?? null),
          },
        ]
      : [];
  });
}

/** The values of a field; none where the frame lacks it. */
export function readColumn(frame: DataFrame | undefined, name: string): unknown[] {
  return frame?.fields.find((field) => field.name === name)?.values ?? [];
}

/** What the service says about an answer beside its frame: the next cursor, the total. */
export function readPaging(frame: DataFrame | undefined): { next?: string; total?: number } {
  const custom = frame?.meta?.custom;
  return isRecord(custom) ? { next: toText(custom.next), total: toNumber(custom.total) } : {};
}

/** A row of a table: gives the value of a column by its name. */
export type Row = (column: string) => unknown;

export function readRows(frame: DataFrame | undefined): Row[] {
  const columns = new Map(frame?.fields.map((field) => [field.name, field.values]));
  return Array.from(
    { length: frame?.length ?? 0 },
    (_, index): Row =>
      (column) =>
        columns.get(column)?.[index]
  );
}
