import { InlineField, RadioButtonGroup } from '@grafana/ui';
import type { QueryFields } from '../types';
import type { FieldProps } from './props';

type Outcome = NonNullable<QueryFields['outcome']> | undefined;
type Option = { label: string; value: Outcome };

const RATES: Option[] = [
  { label: 'Success', value: 'success' },
  { label: 'Failure', value: 'failure' },
  { label: 'Both', value: 'both' },
];
const RECORDS: Option[] = [
  { label: 'All', value: undefined },
  { label: 'Success', value: 'success' },
  { label: 'Failure', value: 'failure' },
];

/** For rates which share is meant; for records which ones. */
export function OutcomeField({ query, onChange, id }: FieldProps) {
  const isRate = query.question === 'rate';
  return (
    <InlineField label="Outcome">
      <RadioButtonGroup<Outcome>
        id={`${id}-outcome`}
        options={isRate ? RATES : RECORDS}
        value={query.outcome ?? (isRate ? 'success' : undefined)}
        onChange={(outcome) => onChange({ outcome })}
      />
    </InlineField>
  );
}
