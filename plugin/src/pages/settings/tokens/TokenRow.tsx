import { useState } from 'react';
import { Badge, Button } from '@grafana/ui';
import { Dialog } from '../../../components/manage/Dialog';
import { useJobHistory } from '../../../components/JobHistoryContext';
import { toText, type UnknownRecord } from '../../../components/model/narrow';
import { formatTime, toMs } from '../../../components/model/time';
import { useChange } from '../../../components/hooks/useChange';

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
        {token.source === 'file' ? 'the tokens file' : toText(token.created_by)}
        {created !== undefined && `, ${time(created)}`}
      </td>
      <td>
        {token.expired === true && <Badge color="red" text="expired" />}{' '}
        {expires === undefined ? 'never' : time(expires)}
      </td>
      <td>
        {token.source !== 'file' && (
          <Button
            size="sm"
            variant="destructive"
            fill="outline"
            aria-label={`Revoke ${name}`}
            onClick={() => setAsking(true)}
          >
            Revoke
          </Button>
        )}
        {asking && (
          <Dialog
            title={`Revoke ${name}`}
            action="Revoke"
            variant="destructive"
            state={state}
            onSubmit={() => run(() => client.send('DELETE', 'v1/tokens', { id }))}
            onClose={() => setAsking(false)}
          >
            <p>Whoever uses it is refused from now on.</p>
          </Dialog>
        )}
      </td>
    </tr>
  );
}
