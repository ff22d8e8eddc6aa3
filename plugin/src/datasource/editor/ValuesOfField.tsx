import { InlineField } from '@grafana/ui';
import { t } from '../../i18n/t';
import { FieldPicker } from './FieldPicker';
import type { SuggestingProps } from './props';

/** The field whose values are asked for. */
export function ValuesOfField({ query, onChange, id, datasource, range }: SuggestingProps) {
  return (
    <InlineField
      label={t('editor.valuesOf.label', 'Field')}
      tooltip={t('editor.valuesOf.tooltip', 'A field, or a tag typed as tag:name')}
    >
      <FieldPicker
        id={`${id}-field`}
        datasource={datasource}
        range={range}
        value={query.field === 'tag' ? undefined : query.field}
        onChange={(field) => onChange({ field })}
      />
    </InlineField>
  );
}
