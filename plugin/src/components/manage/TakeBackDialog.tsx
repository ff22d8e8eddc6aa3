import type { RunAnswer } from '../client/answers';
import { Dialog } from './Dialog';
import { useRunChange } from './useRunChange';
import { t } from '../../i18n/t';

interface Props {
  run: Pick<RunAnswer, 'key' | 'job'>;
  onClose(): void;
}

/** The run needs a look again. */
export function TakeBackDialog({ run, onClose }: Props) {
  const { change, ...state } = useRunChange(run);
  return (
    <Dialog
      title={t('manage.takeBackDialog.take-back-the-acknowledgement', 'Take back the acknowledgement')}
      action={t('manage.takeBackDialog.take-back', 'Take back')}
      state={state}
      onSubmit={() => change({ acknowledged: null })}
      onClose={onClose}
    >
      <p>
        {t('manage.takeBackDialog.the-run-of-counts', 'The run of {{job}} counts as needing a look again.', {
          job: run.job,
        })}
      </p>
    </Dialog>
  );
}
