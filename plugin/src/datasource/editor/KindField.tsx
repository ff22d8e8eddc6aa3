import { InlineField, RadioButtonGroup } from '@grafana/ui';
import type { QueryFields } from '../types';
import type { FieldProps } from './props';

const OPTIONS: Array<{ value: NonNullable<QueryFields['kind']>; label: string; description: string }> = [
  { value: 'any', label: 'Any', description: 'Whichever is longest' },
  { value: 'late', label: 'Late', description: 'The next run has not come' },
  { value: 'missed', label: 'Missed', description: 'The run never came' },
  { value: 'running', label: 'Running too long', description: 'Over its longest run time, or 3 × its usual' },
];

export function KindField({ query, onChange, id }: FieldProps) {
  return (
    <InlineField label="Overdue by">
      <RadioButtonGroup
        id={`${id}-kind`}
        options={OPTIONS}
        value={query.kind ?? 'any'}
        onChange={(kind) => onChange({ kind })}
      />
    </InlineField>
  );
}
