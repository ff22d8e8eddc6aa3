import { InlineField, MultiCombobox } from '@grafana/ui';
import { LEVELS } from '../../../../ingest/src/model/words.js';
import type { FieldProps } from './props';

const OPTIONS = LEVELS.map((value) => ({ value, label: value }));

export function LevelsField({ query, onChange, id }: FieldProps) {
  return (
    <InlineField label="Levels" htmlFor={`${id}-levels`}>
      <MultiCombobox
        id={`${id}-levels`}
        width="auto"
        minWidth={16}
        maxWidth={50}
        placeholder="all"
        options={OPTIONS}
        value={query.levels ?? []}
        onChange={(chosen) => onChange({ levels: chosen.length > 0 ? chosen.map(({ value }) => value) : undefined })}
      />
    </InlineField>
  );
}
