import type { DataSourcePluginOptionsEditorProps } from '@grafana/data';
import { Box, FieldSet } from '@grafana/ui';
import type { JoblensOptions, JoblensSecrets } from '../types';
import { AddressField } from './AddressField';
import { TokenField } from './TokenField';
import { t } from '../../i18n/t';

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
    readOnly: options.readOnly,
    onChange: setSecret,
    onReset: resetSecret,
  });

  return (
    <Box maxWidth={60}>
      <FieldSet label={t('config.configEditor.joblens-service', 'Joblens service')}>
        <AddressField
          value={options.url}
          readOnly={options.readOnly}
          onChange={(url) => onOptionsChange({ ...options, url })}
        />
        <TokenField
          {...token('token')}
          label={t('config.configEditor.token', 'Token')}
          description={t(
            'config.configEditor.with-the-scope-read',
            'With the scope read. All queries and alert rules use it. A service without any token needs none.'
          )}
        />
      </FieldSet>
      <FieldSet label={t('config.configEditor.changes-from-grafana', 'Changes from Grafana')}>
        <TokenField
          {...token('annotateToken')}
          label={t('config.configEditor.token-for-editors', 'Token for editors')}
          description={t(
            'config.configEditor.with-the-scopes-read',
            'With the scopes read and annotate: lets editors acknowledge and annotate runs. Optional.'
          )}
        />
        <TokenField
          {...token('adminToken')}
          label={t('config.configEditor.token-for-admins', 'Token for admins')}
          description={t(
            'config.configEditor.with-the-scope-admin',
            'With the scope admin: lets admins change settings and delete runs. Optional.'
          )}
        />
        <p>
          {t(
            'config.configEditor.viewers-never-reach-these',
            'Viewers never reach these tokens. Roles are those of Grafana: Administration › Users.'
          )}
        </p>
      </FieldSet>
    </Box>
  );
}
