import { useState } from 'react';
import { Field, Input } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { formatCount } from '../model/numbers';
import { Dialog } from './Dialog';
import { useRunChange } from './useRunChange';

interface Props {
  run: RunAnswer;
  onClose(): void;
}

const WORD = 'delete';

/** Nothing brings a deleted run back, so the word has to be typed. */
export function DeleteDialog({ run, onClose }: Props) {
  const [typed, setTyped] = useState('');
  const { remove, ...state } = useRunChange(run);
  return (
    <Dialog
      title="Delete the run"
      action="Delete the run"
      variant="destructive"
      disabled={typed.trim().toLowerCase() !== WORD}
      state={state}
      onSubmit={remove}
      onClose={onClose}
    >
      <p>
        The run <code>{run.run}</code> of {run.job} goes with its {formatCount(run.log.lines)} log lines and all its
        records. It cannot be brought back.
      </p>
      <Field label={`Type “${WORD}” to confirm`}>
        <Input
          id="joblens-delete"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Field>
    </Dialog>
  );
}
