import type { RunAnswer } from '../client/answers';
import { Dialog } from './Dialog';
import { useRunChange } from './useRunChange';
import { t } from '../../i18n/t';

interface Props {
  run: RunAnswer;
  onClose(): void;
}

/** For a run that will never say how it ended. */
export function CancelDialog({ run, onClose }: Props) {
  const { change, ...state } = useRunChange(run);
  return (
    <Dialog
      title={t('manage.cancelDialog.mark-as-cancelled', 'Mark as cancelled')}
      action={t('manage.cancelDialog.mark-as-cancelled', 'Mark as cancelled')}
      variant="destructive"
      state={state}
      onSubmit={() => change({ status: 'cancelled' })}
      onClose={onClose}
    >
      <p>
        {t(
          'manage.cancelDialog.the-run-of-is',
          'The run of {{job}} is shown as cancelled from now on, whatever it still reports. This stops nothing where it runs.',
          { job: run.job }
        )}
      </p>
    </Dialog>
  );
}
