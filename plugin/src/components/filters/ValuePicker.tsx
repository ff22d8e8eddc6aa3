import { Combobox, type ComboboxOption } from '@grafana/ui';

interface Props {
  label: string;
  value: string | undefined;
  onChange(value: string | undefined): void;
  options(search: string): Promise<Array<ComboboxOption<string>>>;
}

/** Picks one value; what may be picked is asked of the service while the person types. */
export function ValuePicker({ label, value, onChange, options }: Props) {
  const id = `joblens-filter-${label.toLowerCase()}`;
  return (
    <>
      <label htmlFor={id} hidden>
        {label}
      </label>
      <Combobox
        id={id}
        placeholder={label}
        value={value === undefined ? null : { value, label: value }}
        options={options}
        onChange={(option) => onChange(option?.value)}
        width="auto"
        minWidth={12}
        maxWidth={30}
        isClearable
        createCustomValue
      />
    </>
  );
}
