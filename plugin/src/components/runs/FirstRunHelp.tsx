import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { ClipboardButton, useStyles2 } from '@grafana/ui';
import { useJobHistory } from '../JobHistoryContext';
import { t } from '../../i18n/t';

/** How to send the first run. Where the service's own address is known, the command can be pasted as it is. */
export function FirstRunHelp() {
  const styles = useStyles2(getStyles);
  const { serviceUrl = 'http://127.0.0.1:8080' } = useJobHistory();
  const command = `curl -X POST ${serviceUrl}/v1/runs -H 'content-type: application/json' \\
  -d '{"job":"my-first-job","status":"succeeded","message":"hello, Joblens"}'`;
  return (
    <div className={styles.help}>
      <p>{t('runs.firstRunHelp.nothing-sent-yet-this', 'Nothing sent yet? This sends a first run:')}</p>
      <pre className={styles.command}>{command}</pre>
      <ClipboardButton icon="copy" variant="secondary" size="sm" getText={() => command}>
        {t('runs.firstRunHelp.copy', 'Copy')}
      </ClipboardButton>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  help: css({ maxWidth: '100%', marginTop: theme.spacing(2), textAlign: 'center' }),
  command: css({ margin: theme.spacing(1, 0), textAlign: 'left', overflowX: 'auto', maxWidth: '100%' }),
});
