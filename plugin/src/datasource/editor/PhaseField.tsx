import { InlineField, RadioButtonGroup } from '@grafana/ui';
import type { QueryFields } from '../types';
import type { FieldProps } from './props';

const OPTIONS: Array<{ value: QueryFields['phase']; label: string }> = [
  { value: undefined, label: 'All' },
  { value: 'metadata', label: 'Metadata' },
  { value: 'data', label: 'Data' },
];

export function PhaseField({ query, onChange, id }: FieldProps) {
  return (
    <InlineField label="Phase">
      <RadioButtonGroup
        id={`${id}-phase`}
        options={OPTIONS}
        value={query.phase}
        onChange={(phase) => onChange({ phase })}
      />
    </InlineField>
  );
}
