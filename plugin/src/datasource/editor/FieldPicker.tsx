import { useCallback } from 'react';
import { Combobox, type ComboboxOption } from '@grafana/ui';
import { t } from '../../i18n/t';
import { fieldsFor, parseField } from '../fields';
import type { Field } from '../types';
import { fieldLabel } from '../words';
import { HiddenLabel } from './HiddenLabel';
import type { SuggestingProps } from './props';

interface Props extends Pick<SuggestingProps, 'id' | 'datasource' | 'range'> {
  /** Id of the label; without one the picker names itself. */
  labelledBy?: string;
  value?: Field;
  /** Lines have a level and a stream; runs have not. */
  aboutLines?: boolean;
  onChange: (field: Field) => void;
}

/** One of the known fields, or a tag: those in use are offered, any can be typed as `tag:name`. */
export function FieldPicker({ id, labelledBy, datasource, range, value, aboutLines = false, onChange }: Props) {
  const options = useCallback(
    async (typed: string): Promise<ComboboxOption[]> => {
      // Without the service the fields themselves can still be chosen.
      const tags = await datasource.getValues({ field: 'tag' }, range).catch(() => []);
      const fields = fieldsFor(aboutLines).map((field) => ({ value: String(field), label: fieldLabel(field) }));
      const all = [
        ...fields,
        ...tags.map((tag) => ({
          value: `tag:${tag.value}`,
          label: t('editor.fieldPicker.tag', 'Tag {{name}}', { name: tag.value }),
        })),
      ];
      return all.filter(({ value, label }) => `${value} ${label}`.toLowerCase().includes(typed.toLowerCase()));
    },
    [datasource, range, aboutLines]
  );
  return (
    <>
      {labelledBy === undefined && (
        <HiddenLabel id={`${id}-label`}>{t('editor.fieldPicker.name', 'Field')}</HiddenLabel>
      )}
      <Combobox
        id={id}
        aria-labelledby={labelledBy ?? `${id}-label`}
        width={18}
        placeholder={t('editor.fieldPicker.placeholder', 'field or tag:name')}
        options={options}
        value={value ? { value, label: labelOf(value) } : null}
        createCustomValue
        onChange={(option) => {
          const field = parseField(option.value) ?? parseField(`tag:${option.value}`);
          if (field) {
            onChange(field);
          }
        }}
      />
    </>
  );
}

function labelOf(field: Field): string {
  const known = fieldsFor(true).find((each) => each === field);
  return known ? fieldLabel(known) : field;
}
