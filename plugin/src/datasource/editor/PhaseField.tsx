import { InlineField, RadioButtonGroup } from '@grafana/ui';
import { t } from '../../i18n/t';
import type { QueryFields } from '../types';
import type { FieldProps } from './props';

const options = (): Array<{ value: QueryFields['phase']; label: string }> => [
  { value: undefined, label: t('editor.phase.all', 'All') },
  { value: 'metadata', label: t('editor.phase.metadata', 'Metadata') },
  { value: 'data', label: t('editor.phase.data', 'Data') },
];

export function PhaseField({ query, onChange, id }: FieldProps) {
  return (
    <InlineField label={t('editor.phase.label', 'Phase')}>
      <RadioButtonGroup
        id={`${id}-phase`}
        options={options()}
        value={query.phase}
        onChange={(phase) => onChange({ phase })}
      />
    </InlineField>
  );
}
