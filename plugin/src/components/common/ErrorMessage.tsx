import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, Icon, useStyles2 } from '@grafana/ui';
import type { ErrorKind, ServiceError } from '../client/ServiceError';
import { useOutage } from './outage';

const WORDS: Record<ErrorKind, { title: string; advice: string }> = {
  unreachable: {
    title: "The Joblens service can't be reached",
    advice:
      'Is it running, and is its address in the data source settings right? This view tries again at the next refresh.',
  },
  unauthorized: {
    title: 'The Joblens service refused the token',
    advice: 'Put a token with the scope "read" into the data source settings.',
  },
  forbidden: {
    title: 'This is not allowed here',
    advice: 'It takes another role in Grafana, or a token in the data source settings that may do it.',
  },
  not_found: {
    title: 'Joblens does not know this',
    advice: 'It may have been deleted, or its retention may be over.',
  },
  refused: { title: 'Joblens could not answer this question', advice: 'Change the filters or the time range.' },
  failed: {
    title: 'Something went wrong',
    advice: 'Try again; if it stays, look into the log of the Joblens service.',
  },
};

interface Props {
  error: ServiceError;
  onRetry?: () => void;
}

/** An error as a person needs it: what happened, what to do, and the service's own words. */
export function ErrorMessage({ error, onRetry }: Props) {
  const styles = useStyles2(getStyles);
  const told = useOutage(error);
  return told ? (
    <p className={styles}>
      <Icon name="exclamation-triangle" aria-hidden /> {WORDS[error.kind].title}
    </p>
  ) : (
    <ErrorAlert error={error} onRetry={onRetry} />
  );
}

export function ErrorAlert({ error, onRetry }: Props) {
  const { title, advice } = WORDS[error.kind];
  return (
    <Alert severity="error" title={title}>
      <p>{advice}</p>
      <p>
        <code className={reason}>{error.message}</code>
      </p>
      {onRetry && (
        <Button variant="secondary" size="sm" icon="sync" onClick={onRetry}>
          Try again
        </Button>
      )}
    </Alert>
  );
}

const getStyles = (theme: GrafanaTheme2) => css({ margin: 0, color: theme.colors.text.secondary });
const reason = css({ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' });
