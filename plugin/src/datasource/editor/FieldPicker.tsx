import { Combobox, type ComboboxOption } from '@grafana/ui';
import { FIELD_LABELS, fieldsFor, parseField } from '../fields';
import type { Field } from '../types';

interface Props {
  id: string;
  value?: Field;
  /** Lines have a level and a stream; runs have not. */
  aboutLines?: boolean;
  onChange: (field: Field) => void;
}

/** One of the known fields, or a tag typed as `tag:name`. */
export function FieldPicker({ id, value, aboutLines = false, onChange }: Props) {
  const options: ComboboxOption[] = fieldsFor(aboutLines).map((field) => ({
    value: field,
    label: FIELD_LABELS[field],
  }));
  return (
    <Combobox
      id={id}
      aria-label="Field"
      width={18}
      placeholder="field or tag:name"
      options={options}
      value={value ?? null}
      createCustomValue
      onChange={(option) => {
        const field = parseField(option.value) ?? parseField(`tag:${option.value}`);
        if (field) {
          onChange(field);
        }
      }}
    />
  );
}
