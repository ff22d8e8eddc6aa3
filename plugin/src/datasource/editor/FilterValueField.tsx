import { Combobox, MultiCombobox } from '@grafana/ui';
import { t } from '../../i18n/t';
import type { Filter } from '../types';
import { HiddenLabel } from './HiddenLabel';
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
  const id = `${props.id}-value`;
  const combo = { 'aria-labelledby': `${id}-label`, createCustomValue: true, options: suggest };
  switch (filter.op) {
    case '=~':
    case '!~':
      return (
        <TextInput
          id={id}
          aria-label={t('editor.filterValue.name', 'Value')}
          width={32}
          placeholder={t('editor.filterValue.placeholder-regex', '^nightly-')}
          value={values.join('|')}
          onCommit={onValue}
        />
      );
    case 'in':
    case '!in':
      return (
        <>
          <HiddenLabel id={`${id}-label`}>{t('editor.filterValue.name', 'Value')}</HiddenLabel>
          <MultiCombobox
            {...combo}
            width="auto"
            minWidth={32}
            maxWidth={70}
            placeholder={t('editor.filterValue.placeholder-values', 'values')}
            value={values.map((value) => ({ value, label: value }))}
            onChange={(chosen) => onValue(chosen.map(({ value }) => value))}
          />
        </>
      );
    default:
      return (
        <>
          <HiddenLabel id={`${id}-label`}>{t('editor.filterValue.name', 'Value')}</HiddenLabel>
          <Combobox
            {...combo}
            id={id}
            width={32}
            placeholder={t('editor.filterValue.placeholder-value', 'value')}
            value={values[0] ? { value: values[0], label: values[0] } : null}
            onChange={({ value }) => onValue(value)}
          />
        </>
      );
  }
}
