import { Field, SecretInput } from '@grafana/ui';
import type { JoblensSecrets } from '../types';
import { t } from '../../i18n/t';

interface Props {
  name: keyof JoblensSecrets;
  label: string;
  description: string;
  /** Whether Grafana keeps one already; it is never shown again. */
  isSet: boolean;
  value: string;
  readOnly?: boolean;
  onChange: (name: keyof JoblensSecrets, value: string) => void;
  onReset: (name: keyof JoblensSecrets) => void;
}

export function TokenField({ name, label, description, isSet, value, readOnly, onChange, onReset }: Props) {
  const id = `joblens-${name}`;
  return (
    <Field label={label} description={description} htmlFor={id}>
      <SecretInput
        id={id}
        isConfigured={isSet}
        value={value}
        readOnly={readOnly}
        placeholder={t('config.tokenField.jl', 'jl_…')}
        autoComplete="off"
        onChange={(event) => onChange(name, event.currentTarget.value.trim())}
        onReset={() => onReset(name)}
      />
    </Field>
  );
}
