import { Combobox, type ComboboxOption, IconButton, Stack } from '@grafana/ui';
import { t } from '../../i18n/t';
import { OPERATORS } from '../../../../ingest/src/model/words.js';
import { isAboutLines } from '../questions';
import type { Filter, Operator } from '../types';
import { FieldPicker } from './FieldPicker';
import { FilterValueField } from './FilterValueField';
import { HiddenLabel } from './HiddenLabel';
import type { SuggestingProps } from './props';

const descriptions = (): Record<Operator, string> => ({
  '=': t('editor.filterRow.is', 'is'),
  '!=': t('editor.filterRow.is-not', 'is not'),
  in: t('editor.filterRow.in', 'is one of'),
  '!in': t('editor.filterRow.not-in', 'is none of'),
  '=~': t('editor.filterRow.matches', 'matches the regular expression'),
  '!~': t('editor.filterRow.matches-not', 'does not match the regular expression'),
});
const options = (): Array<ComboboxOption<Operator>> => {
  const words = descriptions();
  return OPERATORS.map((value) => ({ value, label: value, description: words[value] }));
};

interface Props extends SuggestingProps {
  filter: Filter;
  others: Filter[];
  onFilter: (filter: Filter) => void;
  onRemove: () => void;
}

const isList = (op: Operator) => op === 'in' || op === '!in';

/** The same condition with another operator; one value becomes a list and a list its first value where they must. */
function withOperator(filter: Filter, op: Operator): Filter {
  const values = [filter.value].flat().filter((value) => value !== '');
  return { ...filter, op, value: isList(op) ? values : (values[0] ?? '') };
}

export function FilterRow({ filter, others, onFilter, onRemove, ...props }: Props) {
  return (
    <Stack alignItems="center" gap={0.5} wrap="wrap">
      <FieldPicker
        id={`${props.id}-field`}
        datasource={props.datasource}
        range={props.range}
        value={filter.field}
        aboutLines={isAboutLines(props.query.question)}
        onChange={(field) => onFilter({ ...filter, field, value: isList(filter.op) ? [] : '' })}
      />
      <HiddenLabel id={`${props.id}-op-label`}>{t('editor.filterRow.operator', 'Operator')}</HiddenLabel>
      <Combobox
        id={`${props.id}-op`}
        aria-labelledby={`${props.id}-op-label`}
        width={9}
        options={options()}
        value={filter.op}
        onChange={({ value }) => onFilter(withOperator(filter, value))}
      />
      <FilterValueField
        {...props}
        filter={filter}
        others={others}
        onValue={(value) => onFilter({ ...filter, value })}
      />
      <IconButton
        name="times"
        tooltip={t('editor.filterRow.remove', 'Remove the filter on {{field}}', { field: filter.field })}
        onClick={onRemove}
      />
    </Stack>
  );
}
