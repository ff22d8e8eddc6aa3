import type { ComboboxOption } from '@grafana/ui';
import { t } from '../../i18n/t';
import { fieldsFor, parseField } from '../fields';
import { isAboutLines } from '../questions';
import { fieldLabel } from '../words';
import { MultiField } from './MultiField';
import type { FieldProps } from './props';

const DEFAULTS: Partial<Record<string, string>> = { counts: 'status', line_counts: 'level' };

/** Up to five fields; tags are typed as tag:name. */
export function GroupByField({ query, onChange }: FieldProps) {
  const groupBy = query.groupBy ?? [];
  const options: ComboboxOption[] = fieldsFor(isAboutLines(query.question)).map((value) => ({
    value,
    label: fieldLabel(value),
  }));
  const own = groupBy.filter((field) => options.every(({ value }) => value !== field)).map((value) => ({ value }));
  return (
    <MultiField
      label={t('editor.groupBy.label', 'Group by')}
      tooltip={t('editor.groupBy.tooltip', 'A field, or a tag typed as tag:name')}
      placeholder={DEFAULTS[query.question] ?? t('editor.groupBy.placeholder', 'nothing')}
      options={[...options, ...own]}
      value={groupBy}
      createCustomValue
      onChange={(chosen) => {
        const fields = chosen.flatMap(({ value }) => parseField(value) ?? []).slice(0, 5);
        onChange({ groupBy: fields.length > 0 ? fields : undefined });
      }}
    />
  );
}
