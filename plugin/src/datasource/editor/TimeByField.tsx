import { InlineField, RadioButtonGroup } from '@grafana/ui';
import { t } from '../../i18n/t';
import type { QueryFields } from '../types';
import type { FieldProps } from './props';

const options = (): Array<{ value: NonNullable<QueryFields['timeBy']>; label: string }> => [
  { value: 'finished', label: t('editor.timeBy.finished', 'Finished') },
  { value: 'started', label: t('editor.timeBy.started', 'Started') },
];

/** Which of a run's times puts it into the range. */
export function TimeByField({ query, onChange, id }: FieldProps) {
  return (
    <InlineField
      label={t('editor.timeBy.label', 'Time')}
      tooltip={t('editor.timeBy.tooltip', 'Whether a run counts when it finished or when it started')}
    >
      <RadioButtonGroup
        id={`${id}-time-by`}
        options={options()}
        value={query.timeBy ?? 'finished'}
        onChange={(timeBy) => onChange({ timeBy: timeBy === 'finished' ? undefined : timeBy })}
      />
    </InlineField>
  );
}
