import { t } from '../../i18n/t';
import { STATUSES } from '../../../../ingest/src/model/words.js';
import { MultiField } from './MultiField';
import type { FieldProps } from './props';

const OPTIONS = STATUSES.map((value) => ({ value, label: value.replace('_', ' ') }));

/** Which runs are meant by their status; nothing chosen is the question's own choice. */
export function StatusesField({ query, onChange }: FieldProps) {
  return (
    <MultiField
      label={t('editor.statuses.label', 'Statuses')}
      placeholder={
        query.question === 'annotations'
          ? t('editor.statuses.failures', 'failed, timed out, missed')
          : t('editor.statuses.succeeded', 'succeeded')
      }
      options={OPTIONS}
      value={query.statuses ?? []}
      onChange={(chosen) => onChange({ statuses: chosen.length > 0 ? chosen.map(({ value }) => value) : undefined })}
    />
  );
}
