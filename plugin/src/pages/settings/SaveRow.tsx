import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, Icon, useStyles2 } from '@grafana/ui';
import type { ServiceError } from '../../components/client/ServiceError';
import { t } from '../../i18n/t';

interface Props {
  label?: string;
  /** There is something to save. */
  dirty: boolean;
  state: { busy: boolean; done?: boolean; error?: ServiceError };
  onSave(): void;
  /** Stands beside the button. */
  children?: React.ReactNode;
}

/** The end of a form: saves it, and says how that went. */
export function SaveRow({ label = t('settings.saveRow.save', 'Save'), dirty, state, onSave, children }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <>
      <div className={styles.row}>
        <Button disabled={!dirty || state.busy} onClick={onSave}>
          {label}
        </Button>
        {children}
        <span role="status" className={styles.done}>
          {state.done && !dirty && (
            <>
              <Icon name="check" /> {t('settings.saveRow.saved', 'Saved')}
            </>
          )}
        </span>
      </div>
      {state.error && (
        <Alert
          severity="error"
          title={t('settings.saveRow.nothing-was-changed', 'Nothing was changed')}
          className={styles.error}
        >
          <span className={styles.words}>{state.error.message}</span>
        </Alert>
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  done: css({ display: 'inline-flex', alignItems: 'center', color: theme.colors.success.text }),
  error: css({ marginTop: theme.spacing(1), marginBottom: 0 }),
  words: css({ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }),
});
