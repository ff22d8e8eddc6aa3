import { InlineField, RadioButtonGroup } from '@grafana/ui';
import type { QueryFields } from '../types';
import type { FieldProps } from './props';

const OPTIONS: Array<{ value: NonNullable<QueryFields['timeBy']>; label: string }> = [
  { value: 'finished', label: 'Finished' },
  { value: 'started', label: 'Started' },
];

/** Which of a run's times puts it into the range. */
export function TimeByField({ query, onChange, id }: FieldProps) {
  return (
    <InlineField label="Time" tooltip="Whether a run counts when it finished or when it started">
      <RadioButtonGroup
        id={`${id}-time-by`}
        options={OPTIONS}
        value={query.timeBy ?? 'finished'}
        onChange={(timeBy) => onChange({ timeBy: timeBy === 'finished' ? undefined : timeBy })}
      />
    </InlineField>
  );
}
