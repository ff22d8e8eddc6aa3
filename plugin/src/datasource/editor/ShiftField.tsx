import { InlineField, InlineSwitch } from '@grafana/ui';
import { t } from '../../i18n/t';
import type { FieldProps } from './props';

/** Asks for the period of the same length just before the range, to compare with. */
export function ShiftField({ query, onChange, id }: FieldProps) {
  return (
    <InlineField
      label={t('editor.shift.label', 'Period before')}
      tooltip={t('editor.shift.tooltip', 'The period of the same length just before the range')}
    >
      <InlineSwitch
        id={`${id}-shift`}
        value={query.shift === 'previous'}
        onChange={(event) => onChange({ shift: event.currentTarget.checked ? 'previous' : undefined })}
      />
    </InlineField>
  );
}
