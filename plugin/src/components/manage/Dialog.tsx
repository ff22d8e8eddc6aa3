import type { FormEvent } from 'react';
import { Alert, Button, Modal as GrafanaModal, type ButtonVariant } from '@grafana/ui';
import { Modal } from '../common/Modal';
import type { RunChange } from './useRunChange';
import { t } from '../../i18n/t';

export interface DialogProps {
  title: string;
  /** On the button that carries it out. */
  action: string;
  variant?: ButtonVariant;
  disabled?: boolean;
  state: Pick<RunChange, 'busy' | 'error'>;
  /** Carries it out; the dialog stays open where that fails. @returns whether it was taken */
  onSubmit(): Promise<boolean>;
  onClose(): void;
  children: React.ReactNode;
}

/** Asks for what a change needs, and says why it was refused. */
export function Dialog({ title, action, variant, disabled, state, onSubmit, onClose, children }: DialogProps) {
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await onSubmit()) {
      onClose();
    }
  };
  return (
    <Modal title={title} onDismiss={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        {children}
        {state.error && (
          <Alert severity="error" title={t('manage.dialog.it-was-not-changed', 'It was not changed')}>
            {state.error.message}
          </Alert>
        )}
        <GrafanaModal.ButtonRow>
          <Button type="button" variant="secondary" fill="outline" onClick={onClose}>
            {t('manage.dialog.cancel', 'Cancel')}
          </Button>
          <Button type="submit" variant={variant} disabled={disabled || state.busy}>
            {action}
          </Button>
        </GrafanaModal.ButtonRow>
      </form>
    </Modal>
  );
}
