import { useState } from 'react';
import { Field, TextArea } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { Dialog } from './Dialog';
import { useRunChange } from './useRunChange';
import { t } from '../../i18n/t';

interface Props {
  run: RunAnswer;
  onClose(): void;
}

/** What somebody found out about a run, for whoever comes next. */
export function NoteDialog({ run, onClose }: Props) {
  const [text, setText] = useState('');
  const { change, ...state } = useRunChange(run);
  return (
    <Dialog
      title={t('manage.noteDialog.add-a-note', 'Add a note')}
      action={t('manage.noteDialog.add-the-note', 'Add the note')}
      disabled={text.trim() === ''}
      state={state}
      onSubmit={() => change({ note: text.trim() })}
      onClose={onClose}
    >
      <Field
        label={t('manage.noteDialog.note', 'Note')}
        description={t('manage.noteDialog.it-stays-with-the', 'It stays with the run, with your name and the time.')}
      >
        <TextArea
          id="joblens-note"
          rows={4}
          maxLength={10_000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </Field>
    </Dialog>
  );
}
