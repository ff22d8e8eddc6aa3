import { InlineField, RadioButtonGroup } from '@grafana/ui';
import { t } from '../../i18n/t';
import type { QueryFields } from '../types';
import type { FieldProps } from './props';

const options = (): Array<{ value: NonNullable<QueryFields['kind']>; label: string; description: string }> => [
  { value: 'any', label: t('editor.kind.any', 'Any'), description: t('editor.kind.any-help', 'Whichever is longest') },
  {
    value: 'late',
    label: t('editor.kind.late', 'Late'),
    description: t('editor.kind.late-help', 'The next run has not come'),
  },
  {
    value: 'missed',
    label: t('editor.kind.missed', 'Missed'),
    description: t('editor.kind.missed-help', 'The run never came'),
  },
  {
    value: 'running',
    label: t('editor.kind.running', 'Running too long'),
    description: t('editor.kind.running-help', 'Over its longest run time, or 3 × its usual'),
  },
];

export function KindField({ query, onChange, id }: FieldProps) {
  return (
    <InlineField label={t('editor.kind.label', 'Overdue by')}>
      <RadioButtonGroup
        id={`${id}-kind`}
        options={options()}
        value={query.kind ?? 'any'}
        onChange={(kind) => onChange({ kind })}
      />
    </InlineField>
  );
}
