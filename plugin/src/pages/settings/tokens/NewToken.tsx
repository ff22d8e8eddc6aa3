import { useState } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, ClipboardButton, Combobox, Field, Input, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { useJobHistory } from '../../../components/JobHistoryContext';
import { isRecord, toText } from '../../../components/model/narrow';
import { useQuietChange } from '../../../components/hooks/useChange';
import { t } from '../../../i18n/t';

const DAY_MS = 86_400_000;

/** What a token is for; each includes what those that look need. */
const tokenKinds = () => [
  { value: 'write', label: t('tokens.newToken.send', 'Send'), scopes: ['write'] },
  { value: 'read', label: t('tokens.newToken.look', 'Look'), scopes: ['read'] },
  { value: 'annotate', label: t('tokens.newToken.annotate', 'Annotate'), scopes: ['read', 'annotate'] },
  { value: 'admin', label: t('tokens.newToken.administer', 'Administer'), scopes: ['read', 'annotate', 'admin'] },
];
const lifetimes = () => [
  { value: 0, label: t('tokens.newToken.never', 'Never') },
  { value: 30, label: t('tokens.newToken.in-30-days', 'In 30 days') },
  { value: 90, label: t('tokens.newToken.in-90-days', 'In 90 days') },
  { value: 365, label: t('tokens.newToken.in-a-year', 'In a year') },
];

/**
 * Makes a token and shows it. The list is asked anew once it was put away: from the first token on the asking itself
 * may be refused, and the token would be gone with it.
 */
export function NewToken({ isFirst }: { isFirst: boolean }) {
  const styles = useStyles2(getStyles);
  const { client, reload } = useJobHistory();
  const [name, setName] = useState('');
  const [kind, setKind] = useState(isFirst ? 'admin' : 'write');
  const [days, setDays] = useState(0);
  const [made, setMade] = useState('');
  const change = useQuietChange(() => setName(''));
  const make = () =>
    change.run(async () => {
      const answer = await client.send(
        'POST',
        'v1/tokens',
        {},
        {
          name: name.trim(),
          scopes: tokenKinds().find(({ value }) => value === kind)?.scopes,
          ...(days > 0 && { expires_at: new Date(Date.now() + days * DAY_MS).toISOString() }),
        }
      );
      setMade(isRecord(answer) ? (toText(answer.token) ?? '') : '');
    });
  const putAway = () => {
    setMade('');
    reload();
  };
  if (made !== '') {
    return (
      <Alert severity="success" title={t('tokens.newToken.copy-it-now-it', 'Copy it now: it is not told again')}>
        <div className={styles.made}>
          <code>{made}</code>
          <ClipboardButton size="sm" variant="secondary" icon="copy" getText={() => made}>
            {t('tokens.newToken.copy', 'Copy')}
          </ClipboardButton>
          <Button size="sm" onClick={putAway}>
            {t('tokens.newToken.i-have-it', 'I have it')}
          </Button>
        </div>
        {isFirst &&
          t(
            'tokens.newToken.from-now-on-every',
            'From now on every call needs a token: put this one into the settings of the data source.'
          )}
      </Alert>
    );
  }
  return (
    <>
      <div className={styles.form}>
        <Field label={t('tokens.newToken.name-of-the-new', 'Name of the new token')} noMargin>
          <Input
            id="token-name"
            width={30}
            value={name}
            placeholder={t('tokens.newToken.who-uses-it', 'Who uses it')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <Field label={t('tokens.newToken.may', 'May')} noMargin>
          <RadioButtonGroup
            aria-label={t('tokens.newToken.may', 'May')}
            options={tokenKinds()}
            value={kind}
            onChange={setKind}
          />
        </Field>
        <Field label={t('tokens.newToken.expires', 'Expires')} noMargin>
          <Combobox
            id="token-expires"
            width={16}
            options={lifetimes()}
            value={days}
            onChange={({ value }) => setDays(value)}
          />
        </Field>
        <Button icon="plus" disabled={name.trim() === '' || change.busy} onClick={make}>
          {t('tokens.newToken.make-a-token', 'Make a token')}
        </Button>
      </div>
      {change.error && (
        <Alert
          severity="error"
          title={t('tokens.newToken.no-token-was-made', 'No token was made')}
          className={styles.error}
        >
          {change.error.message}
        </Alert>
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  form: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    gap: theme.spacing(1, 2),
    marginTop: theme.spacing(2),
  }),
  made: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  error: css({ marginTop: theme.spacing(1), marginBottom: 0 }),
});
