import { InlineField, InlineSwitch } from '@grafana/ui';
import { t } from '../../i18n/t';
import type { FieldProps } from './props';

/** Marks on a chart of durations; alert rules would refuse them. */
export function ExemplarsField({ query, onChange, id }: FieldProps) {
  return (
    <InlineField
      label={t('editor.exemplars.label', 'Slowest runs')}
      tooltip={t('editor.exemplars.tooltip', 'Marks the slowest run of each interval on the chart, with a link to it')}
    >
      <InlineSwitch
        id={`${id}-exemplars`}
        value={query.exemplars ?? false}
        onChange={(event) => onChange({ exemplars: event.currentTarget.checked || undefined })}
      />
    </InlineField>
  );
}
