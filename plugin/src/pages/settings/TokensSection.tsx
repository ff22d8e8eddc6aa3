import { useState } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, ClipboardButton, ConfirmModal, Input, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { ErrorMessage } from '../../components/common/ErrorMessage';
import { Table } from '../../components/common/Table';
import { useJobHistory } from '../../components/JobHistoryContext';
import { isRecord, toText, type UnknownRecord } from '../../components/model/narrow';
import { Section } from '../common/Section';
import { useChange } from '../common/useChange';
import { useResource } from './useResource';

/** What a token is for; each includes what those that look need. */
const KINDS = [
  { value: 'write', label: 'Send', scopes: ['write'] },
  { value: 'read', label: 'Look', scopes: ['read'] },
  { value: 'annotate', label: 'Annotate', scopes: ['read', 'annotate'] },
  { value: 'admin', label: 'Administer', scopes: ['read', 'annotate', 'admin'] },
];

/** Tokens of the tenant: who may send, look, annotate and administer. What they are is told once. */
export function TokensSection() {
  const { data, error, loading } = useResource('v1/tokens');
  const tokens = Array.isArray(data?.tokens) ? data.tokens.filter(isRecord) : [];
  return (
    <Section title="Tokens" loading={loading} error={error}>
      {data && tokens.length === 0 && <p>There is none: the service listens on this machine only, to everybody.</p>}
      {tokens.length > 0 && (
        <Table head={['Name', 'May', 'From', 'Expires', '']}>
          {tokens.map((token) => (
            <TokenRow key={toText(token.id) ?? ''} token={token} />
          ))}
        </Table>
      )}
      <NewToken />
    </Section>
  );
}

function TokenRow({ token }: { token: UnknownRecord }) {
  const { client } = useJobHistory();
  const [asking, setAsking] = useState(false);
  const change = useChange(() => setAsking(false));
  const [id, name] = [toText(token.id) ?? '', toText(token.name) ?? ''];
  return (
    <tr>
      <td>{name}</td>
      <td>{Array.isArray(token.scopes) ? token.scopes.join(', ') : ''}</td>
      <td>{token.source === 'file' ? 'the tokens file' : toText(token.created_by)}</td>
      <td>{token.expired === true ? 'expired' : (toText(token.expires_at) ?? 'never')}</td>
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
        {change.error && <ErrorMessage error={change.error} />}
        <ConfirmModal
          isOpen={asking}
          title={`Revoke ${name}`}
          body="Whoever uses it is refused from now on."
          confirmText="Revoke"
          onConfirm={() => change.run(() => client.send('DELETE', 'v1/tokens', { id }))}
          onDismiss={() => setAsking(false)}
        />
      </td>
    </tr>
  );
}

function NewToken() {
  const styles = useStyles2(getStyles);
  const { client } = useJobHistory();
  const [name, setName] = useState('');
  const [kind, setKind] = useState('write');
  const [made, setMade] = useState('');
  const change = useChange(() => setName(''));
  const scopes = KINDS.find(({ value }) => value === kind)?.scopes ?? [];
  const make = () =>
    change.run(async () => {
      const answer = await client.send('POST', 'v1/tokens', {}, { name: name.trim(), scopes });
      setMade(isRecord(answer) ? (toText(answer.token) ?? '') : '');
    });
  return (
    <>
      <div className={styles}>
        <Input
          id="token-name"
          aria-label="Name of the new token"
          placeholder="Name of the new token"
          width={30}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <RadioButtonGroup aria-label="What it may do" options={KINDS} value={kind} onChange={setKind} />
        <Button icon="plus" disabled={name.trim() === '' || change.busy} onClick={make}>
          Make a token
        </Button>
      </div>
      {change.error && <ErrorMessage error={change.error} />}
      {made !== '' && (
        <Alert severity="success" title="Copy it now: it is not told again" onRemove={() => setMade('')}>
          <code>{made}</code>{' '}
          <ClipboardButton size="sm" variant="secondary" icon="copy" getText={() => made}>
            Copy
          </ClipboardButton>
        </Alert>
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), marginTop: theme.spacing(1) });
