import type { DataSourcePluginOptionsEditorProps } from '@grafana/data';
import { FieldSet } from '@grafana/ui';
import type { JoblensOptions, JoblensSecrets } from '../types';
import { AddressField } from './AddressField';
import { TokenField } from './TokenField';

type Props = DataSourcePluginOptionsEditorProps<JoblensOptions, JoblensSecrets>;

/** Where the service is, and the tokens that Grafana shows it. Tokens stay in Grafana's server. */
export function ConfigEditor({ options, onOptionsChange }: Props) {
  const setSecret = (name: keyof JoblensSecrets, value: string) =>
    onOptionsChange({ ...options, secureJsonData: { ...options.secureJsonData, [name]: value } });
  const resetSecret = (name: keyof JoblensSecrets) =>
    onOptionsChange({
      ...options,
      secureJsonFields: { ...options.secureJsonFields, [name]: false },
      secureJsonData: { ...options.secureJsonData, [name]: '' },
    });
  const token = (name: keyof JoblensSecrets) => ({
    name,
    isSet: Boolean(options.secureJsonFields?.[name]),
    value: options.secureJsonData?.[name] ?? '',
    onChange: setSecret,
    onReset: resetSecret,
  });

  return (
    <>
      <FieldSet label="Joblens service">
        <AddressField
          value={options.url}
          readOnly={options.readOnly}
          onChange={(url) => onOptionsChange({ ...options, url })}
        />
        <TokenField
          {...token('token')}
          label="Token"
          description="With the scope read. All queries and alert rules use it. A service without any token needs none."
        />
      </FieldSet>
      <FieldSet label="Changes from Grafana">
        <TokenField
          {...token('annotateToken')}
          label="Token for editors"
          description="With the scopes read and annotate: lets editors acknowledge and annotate runs. Optional."
        />
        <TokenField
          {...token('adminToken')}
          label="Token for admins"
          description="With the scope admin: lets admins change settings and delete runs. Optional."
        />
        <p>Viewers never reach these tokens. Roles are those of Grafana: Administration › Users.</p>
      </FieldSet>
    </>
  );
}
