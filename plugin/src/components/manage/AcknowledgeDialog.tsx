import { useState } from 'react';
import { Field, RadioButtonGroup, TextArea } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { Dialog } from './Dialog';
import { useRunChange } from './useRunChange';
import { t } from '../../i18n/t';

interface Props {
  run: Pick<RunAnswer, 'key' | 'job'>;
  onClose(): void;
}

const HOUR = 3_600_000;
const periods = () => [
  { label: t('manage.acknowledgeDialog.1-hour', '1 hour'), value: HOUR },
  { label: t('manage.acknowledgeDialog.4-hours', '4 hours'), value: 4 * HOUR },
  { label: t('manage.acknowledgeDialog.1-day', '1 day'), value: 24 * HOUR },
  { label: t('manage.acknowledgeDialog.1-week', '1 week'), value: 7 * 24 * HOUR },
  { label: t('manage.acknowledgeDialog.for-good', 'For good'), value: 0 },
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
    <Dialog
      title={t('manage.acknowledgeDialog.acknowledge', 'Acknowledge')}
      action={t('manage.acknowledgeDialog.acknowledge', 'Acknowledge')}
      state={state}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label={t('manage.acknowledgeDialog.for-how-long', 'For how long')}
        description={t(
          'manage.acknowledgeDialog.you-look-after-it',
          'You look after it; until then it no longer counts as needing a look.'
        )}
      >
        <RadioButtonGroup
          aria-label={t('manage.acknowledgeDialog.for-how-long', 'For how long')}
          options={periods()}
          value={period}
          onChange={setPeriod}
        />
      </Field>
      <Field label={t('manage.acknowledgeDialog.note', 'Note')}>
        <TextArea
          id="joblens-acknowledge-note"
          rows={3}
          maxLength={10_000}
          placeholder={t('manage.acknowledgeDialog.what-you-are-doing', 'What you are doing about it')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </Field>
    </Dialog>
  );
}
