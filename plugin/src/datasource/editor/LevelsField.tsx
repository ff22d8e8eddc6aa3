import { t } from '../../i18n/t';
import { LEVELS } from '../../../../ingest/src/model/words.js';
import { MultiField } from './MultiField';
import type { FieldProps } from './props';

const OPTIONS = LEVELS.map((value) => ({ value, label: value }));

export function LevelsField({ query, onChange }: FieldProps) {
  return (
    <MultiField
      label={t('editor.levels.label', 'Levels')}
      placeholder={t('editor.levels.placeholder', 'all')}
      options={OPTIONS}
      value={query.levels ?? []}
      onChange={(chosen) => onChange({ levels: chosen.length > 0 ? chosen.map(({ value }) => value) : undefined })}
    />
  );
}
