import { useState, type FormEvent } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Field, Input, useStyles2 } from '@grafana/ui';
import { learnRole } from './host/learnRole';
import { hasToken, storeToken } from './host/token';

/** Where the service wants a token, the page asks for one; it stays in this tab. */
export function TokenForm({ onStored }: { onStored(): void }) {
  const styles = useStyles2(getStyles);
  const [token, setToken] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    storeToken(token);
    void learnRole().then(onStored);
  };
  return (
    <form className={styles} onSubmit={submit}>
      <Field
        label="Token"
        invalid={hasToken()}
        error="The service refused the token that was tried."
        description='This service wants a token with the scope "read". It is kept in this tab only.'
      >
        <Input
          id="token"
          type="password"
          autoComplete="off"
          value={token}
          onChange={(event) => setToken(event.currentTarget.value)}
        />
      </Field>
      <Button type="submit" disabled={token.trim() === ''}>
        Show the history
      </Button>
    </form>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({ maxWidth: 420, margin: theme.spacing(8, 'auto'), padding: theme.spacing(2) });
