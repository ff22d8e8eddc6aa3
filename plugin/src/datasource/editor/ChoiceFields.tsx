import { Combobox, InlineField } from '@grafana/ui';
import { choicesOf } from './choices';
import type { FieldProps } from './props';

/** Every field of the question that is one of a few words. */
export function ChoiceFields({ query, onChange, id }: FieldProps) {
  return choicesOf(query).map(([name, { label, tooltip, options }, value]) => (
    <InlineField key={name} label={label} tooltip={tooltip}>
      <Combobox
        id={`${id}-${name}`}
        width={18}
        options={[...options]}
        value={value}
        onChange={(option) => onChange({ [name]: option.value })}
      />
    </InlineField>
  ));
}
