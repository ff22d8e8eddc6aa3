import { InlineField, RadioButtonGroup } from '@grafana/ui';
import type { QueryFields } from '../types';
import type { FieldProps } from './props';

const OPTIONS: Array<{ value: NonNullable<QueryFields['direction']>; label: string }> = [
  { value: 'backward', label: 'Newest first' },
  { value: 'forward', label: 'Oldest first' },
];

/** Unless said otherwise the log of one run is read from its start, lines of many from their end. */
export function DirectionField({ query, onChange, id }: FieldProps) {
  return (
    <InlineField label="Order">
      <RadioButtonGroup
        id={`${id}-direction`}
        options={OPTIONS}
        value={query.direction ?? (query.run || query.key ? 'forward' : 'backward')}
        onChange={(direction) => onChange({ direction })}
      />
    </InlineField>
  );
}
