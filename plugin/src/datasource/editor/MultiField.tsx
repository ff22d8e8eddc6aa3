import { type ComponentProps, useId } from 'react';
import { InlineField, InlineLabel, MultiCombobox } from '@grafana/ui';

type Combo<T extends string> = ComponentProps<typeof MultiCombobox<T>>;

interface Props<T extends string> extends Pick<
  Combo<T>,
  'options' | 'value' | 'onChange' | 'placeholder' | 'createCustomValue'
> {
  label: string;
  tooltip?: string;
}

/** A labelled list of choices. MultiCombobox takes no id, so it is named by its label's. */
export function MultiField<T extends string>({ label, tooltip, ...combo }: Props<T>) {
  const labelId = useId();
  return (
    <InlineField
      label={
        <InlineLabel id={labelId} width="auto" tooltip={tooltip}>
          {label}
        </InlineLabel>
      }
    >
      <MultiCombobox {...combo} aria-labelledby={labelId} width="auto" minWidth={20} maxWidth={50} />
    </InlineField>
  );
}
