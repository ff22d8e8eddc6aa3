import { useState } from 'react';
import { Field, Input } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { formatCount } from '../model/numbers';
import { Dialog } from './Dialog';
import { useRunChange } from './useRunChange';
import { t } from '../../i18n/t';

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
      title={t('manage.deleteDialog.delete-the-run', 'Delete the run')}
      action={t('manage.deleteDialog.delete-the-run', 'Delete the run')}
      variant="destructive"
      disabled={typed.trim().toLowerCase() !== WORD}
      state={state}
      onSubmit={remove}
      onClose={onClose}
    >
      <p>
        {t('manage.deleteDialog.the-run', 'The run')} <code>{run.run}</code>{' '}
        {t('manage.deleteDialog.of-goes-with-its', 'of {{job}} goes with its', { job: run.job })}{' '}
        {formatCount(run.log.lines)}{' '}
        {t('manage.deleteDialog.log-lines-and-all', 'log lines and all its records. It cannot be brought back.')}
      </p>
      <Field label={t('manage.deleteDialog.type-to-confirm', 'Type “{{word}}” to confirm', { word: WORD })}>
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
