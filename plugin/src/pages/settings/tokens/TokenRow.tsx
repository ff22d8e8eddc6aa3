import { useState } from 'react';
import { Badge, Button } from '@grafana/ui';
import { Dialog } from '../../../components/manage/Dialog';
import { useJobHistory } from '../../../components/JobHistoryContext';
import { toText, type UnknownRecord } from '../../../components/model/narrow';
import { formatTime, toMs } from '../../../components/model/time';
import { useChange } from '../../../components/hooks/useChange';
import { t } from '../../../i18n/t';

export function TokenRow({ token }: { token: UnknownRecord }) {
  const { client, timeZone } = useJobHistory();
  const [asking, setAsking] = useState(false);
  const { run, ...state } = useChange();
  const [id, name] = [toText(token.id) ?? '', toText(token.name) ?? ''];
  const [created, expires] = [toMs(toText(token.created_at)), toMs(toText(token.expires_at))];
  const time = (ms: number) => formatTime(ms, timeZone);
  return (
    <tr>
      <td>{name}</td>
      <td>{Array.isArray(token.scopes) ? token.scopes.join(', ') : ''}</td>
      <td>
        {token.source === 'file' ? t('tokens.tokenRow.the-tokens-file', 'the tokens file') : toText(token.created_by)}
        {created !== undefined && `, ${time(created)}`}
      </td>
      <td>
        {token.expired === true && <Badge color="red" text={t('tokens.tokenRow.expired', 'expired')} />}{' '}
        {expires === undefined ? t('tokens.tokenRow.never', 'never') : time(expires)}
      </td>
      <td>
        {token.source !== 'file' && (
          <Button
            size="sm"
            variant="destructive"
            fill="outline"
            aria-label={t('tokens.tokenRow.revoke', 'Revoke {{name}}', { name })}
            onClick={() => setAsking(true)}
          >
            {t('tokens.tokenRow.revoke-2', 'Revoke')}
          </Button>
        )}
        {asking && (
          <Dialog
            title={t('tokens.tokenRow.revoke', 'Revoke {{name}}', { name })}
            action={t('tokens.tokenRow.revoke-2', 'Revoke')}
            variant="destructive"
            state={state}
            onSubmit={() => run(() => client.send('DELETE', 'v1/tokens', { id }))}
            onClose={() => setAsking(false)}
          >
            <p>{t('tokens.tokenRow.whoever-uses-it-is', 'Whoever uses it is refused from now on.')}</p>
          </Dialog>
        )}
      </td>
    </tr>
  );
}
