import { useState } from 'react';
import { Field, RadioButtonGroup, TextArea } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { Dialog } from './Dialog';
import { useRunChange } from './useRunChange';

interface Props {
  run: Pick<RunAnswer, 'key' | 'job'>;
  onClose(): void;
}

const HOUR = 3_600_000;
const PERIODS = [
  { label: '1 hour', value: HOUR },
  { label: '4 hours', value: 4 * HOUR },
  { label: '1 day', value: 24 * HOUR },
  { label: '1 week', value: 7 * 24 * HOUR },
  { label: 'For good', value: 0 },
];

/** Says that somebody looks after a run, so that nobody else has to for a while. */
export function AcknowledgeDialog({ run, onClose }: Props) {
  const [period, setPeriod] = useState(4 * HOUR);
  const [note, setNote] = useState('');
  const { change, ...state } = useRunChange(run);
  const submit = () => {
    const until = period === 0 ? undefined : Date.now() + period;
    return change({ acknowledged: { until, note: note.trim() || undefined } });
  };
  return (
    <Dialog title="Acknowledge" action="Acknowledge" state={state} onSubmit={submit} onClose={onClose}>
      <Field label="For how long" description="You look after it; until then it no longer counts as needing a look.">
        <RadioButtonGroup aria-label="For how long" options={PERIODS} value={period} onChange={setPeriod} />
      </Field>
      <Field label="Note">
        <TextArea
          id="joblens-acknowledge-note"
          rows={3}
          maxLength={10_000}
          placeholder="What you are doing about it"
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </Field>
    </Dialog>
  );
}
