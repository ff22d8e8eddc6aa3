import type { RunAnswer } from '../client/answers';
import { Dialog } from './Dialog';
import { useRunChange } from './useRunChange';

interface Props {
  run: Pick<RunAnswer, 'key' | 'job'>;
  onClose(): void;
}

/** The run needs a look again. */
export function TakeBackDialog({ run, onClose }: Props) {
  const { change, ...state } = useRunChange(run);
  return (
    <Dialog
      title="Take back the acknowledgement"
      action="Take back"
      state={state}
      onSubmit={() => change({ acknowledged: null })}
      onClose={onClose}
    >
      <p>The run of {run.job} counts as needing a look again.</p>
    </Dialog>
  );
}
