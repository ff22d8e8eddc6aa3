import { InlineField, RadioButtonGroup } from '@grafana/ui';
import { t } from '../../i18n/t';
import type { FieldProps } from './props';

type Direction = 'backward' | 'forward';

const options = (): Array<{ value: Direction; label: string }> => [
  { value: 'backward', label: t('editor.direction.backward', 'Newest first') },
  { value: 'forward', label: t('editor.direction.forward', 'Oldest first') },
];

/** Unless said otherwise the log of one run is read from its start, lines of many from their end. */
export function DirectionField({ query, onChange, id }: FieldProps) {
  return (
    <InlineField label={t('editor.direction.label', 'Order')}>
      <RadioButtonGroup<Direction>
        id={`${id}-direction`}
        options={options()}
        value={isForward(query) ? 'forward' : 'backward'}
        onChange={(direction) => onChange({ direction })}
      />
    </InlineField>
  );
}

const isForward = ({ direction, run, key }: FieldProps['query']) =>
  direction === undefined ? Boolean(run || key) : direction === 'forward';
