import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, Icon, useStyles2 } from '@grafana/ui';
import type { ErrorKind, ServiceError } from '../client/ServiceError';
import { useOutage } from './outage';
import { t } from '../../i18n/t';

const errorWords = (): Record<ErrorKind, { title: string; advice: string }> => ({
  unreachable: {
    title: t('common.errorMessage.the-joblens-service-can', "The Joblens service can't be reached"),
    advice: t(
      'common.errorMessage.is-it-running-and',
      'Is it running, and is its address in the data source settings right? This view tries again at the next refresh.'
    ),
  },
  unauthorized: {
    title: t('common.errorMessage.the-joblens-service-refused', 'The Joblens service refused the token'),
    advice: t(
      'common.errorMessage.put-a-token-with',
      'Put a token with the scope "read" into the data source settings.'
    ),
  },
  forbidden: {
    title: t('common.errorMessage.this-is-not-allowed', 'This is not allowed here'),
    advice: t(
      'common.errorMessage.it-takes-another-role',
      'It takes another role in Grafana, or a token in the data source settings that may do it.'
    ),
  },
  not_found: {
    title: t('common.errorMessage.joblens-does-not-know', 'Joblens does not know this'),
    advice: t('common.errorMessage.it-may-have-been', 'It may have been deleted, or its retention may be over.'),
  },
  refused: {
    title: t('common.errorMessage.joblens-could-not-answer', 'Joblens could not answer this question'),
    advice: t('common.errorMessage.change-the-filters-or', 'Change the filters or the time range.'),
  },
  failed: {
    title: t('common.errorMessage.something-went-wrong', 'Something went wrong'),
    advice: t(
      'common.errorMessage.try-again-if-it',
      'Try again; if it stays, look into the log of the Joblens service.'
    ),
  },
});

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
      <Icon name="exclamation-triangle" aria-hidden /> {errorWords()[error.kind].title}
    </p>
  ) : (
    <ErrorAlert error={error} onRetry={onRetry} />
  );
}

export function ErrorAlert({ error, onRetry }: Props) {
  const { title, advice } = errorWords()[error.kind];
  return (
    <Alert severity="error" title={title}>
      <p>{advice}</p>
      <p>
        <code className={reason}>{error.message}</code>
      </p>
      {onRetry && (
        <Button variant="secondary" size="sm" icon="sync" onClick={onRetry}>
          {t('common.errorMessage.try-again', 'Try again')}
        </Button>
      )}
    </Alert>
  );
}

const getStyles = (theme: GrafanaTheme2) => css({ margin: 0, color: theme.colors.text.secondary });
const reason = css({ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' });
