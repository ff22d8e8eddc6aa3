import { Table } from '../../../components/common/Table';
import { isRecord, toText } from '../../../components/model/narrow';
import { Section } from '../../common/Section';
import { useResource } from '../useResource';
import { NewToken } from './NewToken';
import { TokenRow } from './TokenRow';

/** Tokens of the tenant: who may send, look, annotate and administer. What they are is told once. */
export function TokensSection() {
  const { data, error, loading } = useResource('v1/tokens');
  const tokens = Array.isArray(data?.tokens) ? data.tokens.filter(isRecord) : [];
  return (
    <Section title="Tokens" note="who may send, look, annotate and administer" loading={loading} error={error}>
      {data && tokens.length === 0 && <p>There is none: the service listens on this machine only, to everybody.</p>}
      {tokens.length > 0 && (
        <Table head={['Name', 'May', 'From', 'Expires', '']}>
          {tokens.map((token) => (
            <TokenRow key={toText(token.id) ?? ''} token={token} />
          ))}
        </Table>
      )}
      {data && <NewToken isFirst={tokens.length === 0} />}
    </Section>
  );
}
