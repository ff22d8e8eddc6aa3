import { Table } from '../../../components/common/Table';
import { isRecord, toText } from '../../../components/model/narrow';
import { Section } from '../../common/Section';
import { useResource } from '../useResource';
import { NewToken } from './NewToken';
import { TokenRow } from './TokenRow';
import { t } from '../../../i18n/t';

/** Tokens of the tenant: who may send, look, annotate and administer. What they are is told once. */
export function TokensSection() {
  const { data, error, loading } = useResource('v1/tokens');
  const tokens = Array.isArray(data?.tokens) ? data.tokens.filter(isRecord) : [];
  return (
    <Section
      title={t('tokens.tokensSection.tokens', 'Tokens')}
      note={t('tokens.tokensSection.who-may-send-look', 'who may send, look, annotate and administer')}
      loading={loading}
      error={error}
    >
      {data && tokens.length === 0 && (
        <p>
          {t(
            'tokens.tokensSection.there-is-none-the',
            'There is none: the service listens on this machine only, to everybody.'
          )}
        </p>
      )}
      {tokens.length > 0 && (
        <Table
          head={[
            t('tokens.tokensSection.name', 'Name'),
            t('tokens.tokensSection.may', 'May'),
            t('tokens.tokensSection.from', 'From'),
            t('tokens.tokensSection.expires', 'Expires'),
            '',
          ]}
        >
          {tokens.map((token) => (
            <TokenRow key={toText(token.id) ?? ''} token={token} />
          ))}
        </Table>
      )}
      {data && <NewToken isFirst={tokens.length === 0} />}
    </Section>
  );
}
