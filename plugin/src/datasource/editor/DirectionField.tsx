import { InlineField, RadioButtonGroup } from '@grafana/ui';
import type { FieldProps } from './props';

type Direction = 'backward' | 'forward';

const OPTIONS: Array<{ value: Direction; label: string }> = [
  { value: 'backward', label: 'Newest first' },
  { value: 'forward', label: 'Oldest first' },
];

/** Unless said otherwise the log of one run is read from its start, lines of many from their end. */
export function DirectionField({ query, onChange, id }: FieldProps) {
  return (
    <InlineField label="Order">
      <RadioButtonGroup<Direction>
        id={`${id}-direction`}
        options={OPTIONS}
        value={isForward(query) ? 'forward' : 'backward'}
        onChange={(direction) => onChange({ direction })}
      />
    </InlineField>
  );
}

const isForward = ({ direction, run, key }: FieldProps['query']) =>
  direction === undefined ? Boolean(run || key) : direction === 'forward';
