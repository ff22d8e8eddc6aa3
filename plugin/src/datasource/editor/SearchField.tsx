import { InlineField } from '@grafana/ui';
import { t } from '../../i18n/t';
import { isAboutLines } from '../questions';
import type { FieldProps } from './props';
import { TextInput } from './TextInput';

export function SearchField({ query, onChange, id }: FieldProps) {
  const placeholder = isAboutLines(query.question)
    ? t('editor.search.lines', 'words in the line')
    : t('editor.search.runs', 'job, run, user, message');
  return (
    <InlineField label={t('editor.search.label', 'Search')}>
      <TextInput
        id={`${id}-search`}
        width={28}
        placeholder={placeholder}
        value={query.search ?? ''}
        onCommit={(search) => onChange({ search: search || undefined })}
      />
    </InlineField>
  );
}
