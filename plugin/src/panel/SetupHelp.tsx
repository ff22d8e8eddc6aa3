import { Alert } from '@grafana/ui';
import { t } from '../i18n/t';

export function SetupHelp() {
  return (
    <Alert
      severity="info"
      title={t('panel.setupHelp.choose-a-joblens-data', 'Choose a Joblens data source for this panel')}
    >
      {t(
        'panel.setupHelp.the-panel-asks-its',
        'The panel asks its questions through the data source of its query. Edit the panel, choose a data source of the type Joblens and the question “runs”; filters set there narrow everything the panel shows.'
      )}
    </Alert>
  );
}
