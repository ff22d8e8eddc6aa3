import { InlineField, RadioButtonGroup } from '@grafana/ui';
import { QUESTION_LIST } from '../questions';
import type { Format } from '../types';
import type { FieldProps } from './props';

const LABELS: Record<Format, { label: string; description: string }> = {
  timeseries: { label: 'Over time', description: 'One series for each group' },
  table: { label: 'Table', description: 'One row for each group or run' },
  numeric: { label: 'Numbers', description: 'One number for each group: what stat panels and alert rules want' },
};

/** How the answer is shaped; hidden where the question has only one shape. */
export function FormatField({ query, onChange, id }: FieldProps) {
  const { formats } = QUESTION_LIST[query.question];
  if (formats.length < 2) {
    return null;
  }
  return (
    <InlineField label="Format">
      <RadioButtonGroup
        id={`${id}-format`}
        options={formats.map((value) => ({ value, ...LABELS[value] }))}
        value={query.format ?? formats[0]}
        onChange={(format) => onChange({ format })}
      />
    </InlineField>
  );
}
