import { Alert, LinkButton } from '@grafana/ui';
import { SOURCE_TYPE } from '../scene/source';
import { t } from '../../i18n/t';

/** Nothing can be asked yet: what has to be set up first. */
export function SetupHelp() {
  return (
    <Alert severity="info" title={t('common.setupHelp.add-a-joblens-data', 'Add a Joblens data source first')}>
      <p>
        {t(
          'common.setupHelp.the-pages-ask-a',
          'The pages ask a Joblens service through a data source. Add one with the address of the service; where one is there already, someone has to let you use it.'
        )}
      </p>
      <LinkButton href={`/connections/datasources/${SOURCE_TYPE}`} size="sm">
        {t('common.setupHelp.add-the-data-source', 'Add the data source')}
      </LinkButton>
    </Alert>
  );
}
