import { Field, Input } from '@grafana/ui';
import { t } from '../../i18n/t';

interface Props {
  value: string;
  readOnly?: boolean;
  onChange: (url: string) => void;
}

/** What is wrong with the address; undefined where nothing is, or nothing was typed yet. */
export function addressProblem(address: string): string | undefined {
  if (address === '') {
    return undefined;
  }
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    return t('config.addressField.expected-an-address-such', 'Expected an address such as http://joblens:8080');
  }
  return url.username || url.password
    ? t('config.addressField.put-the-token-in', 'Put the token in its own field, not into the address')
    : undefined;
}

/** The service's address as Grafana's server, not the browser, reaches it. */
export function AddressField({ value, readOnly, onChange }: Props) {
  const problem = addressProblem(value);
  return (
    <Field
      label={t('config.addressField.address', 'Address')}
      description={t(
        'config.addressField.as-grafana-s-server',
        "As Grafana's server reaches the service, not your browser."
      )}
      required
      invalid={problem !== undefined}
      error={problem}
    >
      <Input
        id="joblens-address"
        placeholder={t('config.addressField.http-localhost-8080', 'http://localhost:8080')}
        value={value}
        readOnly={readOnly}
        onChange={(event) => onChange(event.currentTarget.value.trim())}
      />
    </Field>
  );
}
