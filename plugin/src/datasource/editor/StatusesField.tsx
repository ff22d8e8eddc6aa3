import { InlineField, MultiCombobox } from '@grafana/ui';
import { STATUSES } from '../../../../ingest/src/model/words.js';
import type { FieldProps } from './props';

const OPTIONS = STATUSES.map((value) => ({ value, label: value.replace('_', ' ') }));

/** Which runs are meant by their status; nothing chosen is the question's own choice. */
export function StatusesField({ query, onChange, id }: FieldProps) {
  const usual = query.question === 'annotations' ? 'failed, timed out, missed' : 'succeeded';
  return (
    <InlineField label="Statuses" htmlFor={`${id}-statuses`}>
      <MultiCombobox
        id={`${id}-statuses`}
        width="auto"
        minWidth={24}
        maxWidth={50}
        placeholder={usual}
        options={OPTIONS}
        value={query.statuses ?? []}
        onChange={(chosen) => onChange({ statuses: chosen.length > 0 ? chosen.map(({ value }) => value) : undefined })}
      />
    </InlineField>
  );
}
