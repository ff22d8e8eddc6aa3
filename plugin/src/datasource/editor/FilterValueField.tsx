import { Combobox, MultiCombobox } from '@grafana/ui';
import type { Filter } from '../types';
import type { SuggestingProps } from './props';
import { TextInput } from './TextInput';
import { useSuggestions } from './useSuggestions';

interface Props extends SuggestingProps {
  filter: Filter;
  /** The filters beside this one: suggestions fit them. */
  others: Filter[];
  onValue: (value: Filter['value']) => void;
}

/** A text for regular expressions, one value, or a list, each with suggestions; `$variables` can be typed. */
export function FilterValueField({ filter, others, onValue, ...props }: Props) {
  const suggest = useSuggestions(props, filter.field, others);
  const values = [filter.value].flat();
  const common = { id: `${props.id}-value`, 'aria-label': 'Value', createCustomValue: true, options: suggest };
  switch (filter.op) {
    case '=~':
    case '!~':
      return (
        <TextInput
          id={common.id}
          aria-label="Value"
          width={32}
          placeholder="^nightly-"
          value={values.join('|')}
          onCommit={onValue}
        />
      );
    case 'in':
    case '!in':
      return (
        <MultiCombobox
          {...common}
          width="auto"
          minWidth={32}
          maxWidth={70}
          placeholder="values"
          value={values.map((value) => ({ value, label: value }))}
          onChange={(chosen) => onValue(chosen.map(({ value }) => value))}
        />
      );
    default:
      return (
        <Combobox
          {...common}
          width={32}
          placeholder="value"
          value={values[0] === undefined ? null : { value: values[0], label: values[0] || '(none)' }}
          onChange={({ value }) => onValue(value)}
        />
      );
  }
}
