import { Combobox, InlineField } from '@grafana/ui';
import { choiceHelp, choiceLabel, choicesOf, optionLabel } from './choices';
import type { FieldProps } from './props';

/** Every field of the question that is one of a few words. */
export function ChoiceFields({ query, onChange, id }: FieldProps) {
  return choicesOf(query).map(([name, choice, value]) => (
    <InlineField key={name} label={choiceLabel(name, choice.label)} tooltip={choiceHelp(name, choice.tooltip)}>
      <Combobox
        id={`${id}-${name}`}
        width={18}
        options={choice.options.map((option) => ({ value: option.value, label: optionLabel(option) }))}
        value={value}
        onChange={(option) => onChange({ [name]: option.value })}
      />
    </InlineField>
  ));
}
