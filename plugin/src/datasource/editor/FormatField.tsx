import { InlineField, RadioButtonGroup } from '@grafana/ui';
import { t } from '../../i18n/t';
import { QUESTION_LIST } from '../questions';
import type { Format } from '../types';
import type { FieldProps } from './props';

const labels = (): Record<Format, { label: string; description: string }> => ({
  timeseries: {
    label: t('editor.format.timeseries', 'Over time'),
    description: t('editor.format.timeseries-help', 'One series for each group'),
  },
  table: {
    label: t('editor.format.table', 'Table'),
    description: t('editor.format.table-help', 'One row for each group or run'),
  },
  numeric: {
    label: t('editor.format.numeric', 'Numbers'),
    description: t('editor.format.numeric-help', 'One number for each group: what stat panels and alert rules want'),
  },
});

/** How the answer is shaped; hidden where the question has only one shape. */
export function FormatField({ query, onChange, id }: FieldProps) {
  const { formats } = QUESTION_LIST[query.question];
  if (formats.length < 2) {
    return null;
  }
  return (
    <InlineField label={t('editor.format.label', 'Format')}>
      <RadioButtonGroup
        id={`${id}-format`}
        options={formats.map((value) => ({ value, ...labels()[value] }))}
        value={query.format ?? formats[0]}
        onChange={(format) => onChange({ format })}
      />
    </InlineField>
  );
}
