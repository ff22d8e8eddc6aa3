import { InlineField } from '@grafana/ui';
import { isAboutLines } from '../questions';
import type { FieldProps } from './props';
import { TextInput } from './TextInput';

export function SearchField({ query, onChange, id }: FieldProps) {
  const placeholder = isAboutLines(query.question) ? 'words in the line' : 'job, run, user, message';
  return (
    <InlineField label="Search">
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
