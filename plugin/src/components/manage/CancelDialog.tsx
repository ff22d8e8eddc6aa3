import type { RunAnswer } from '../client/answers';
import { Dialog } from './Dialog';
import { useRunChange } from './useRunChange';

interface Props {
  run: RunAnswer;
  onClose(): void;
}

/** For a run that will never say how it ended. */
export function CancelDialog({ run, onClose }: Props) {
  const { change, ...state } = useRunChange(run);
  return (
    <Dialog
      title="Mark as cancelled"
      action="Mark as cancelled"
      variant="destructive"
      state={state}
      onSubmit={() => change({ status: 'cancelled' })}
      onClose={onClose}
    >
      <p>
        The run of {run.job} is shown as cancelled from now on, whatever it still reports. This stops nothing where it
        runs.
      </p>
    </Dialog>
  );
}
