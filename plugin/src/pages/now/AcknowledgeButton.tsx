import { useState } from 'react';
import { Button } from '@grafana/ui';
import { useJobHistory } from '../../components/JobHistoryContext';
import { AcknowledgeDialog } from '../../components/manage/AcknowledgeDialog';
import { TakeBackDialog } from '../../components/manage/TakeBackDialog';
import { mayAs } from '../../components/model/role';
import { t } from '../../i18n/t';

interface Props {
  run: { key: string; job: string };
  acknowledged: boolean;
}

/** Says "I look after it", or takes that back; for those who may annotate. */
export function AcknowledgeButton({ run, acknowledged }: Props) {
  const { role } = useJobHistory();
  const [open, setOpen] = useState(false);
  if (!mayAs(role, 'editor')) {
    return null;
  }
  const Dialog = acknowledged ? TakeBackDialog : AcknowledgeDialog;
  const label = acknowledged
    ? t('now.acknowledgeButton.take-back', 'Take back')
    : t('now.acknowledgeButton.acknowledge', 'Acknowledge');
  return (
    <>
      <Button
        size="sm"
        variant="secondary"
        fill="outline"
        icon={acknowledged ? 'eye-slash' : 'eye'}
        onClick={() => setOpen(true)}
        aria-label={[label, run.job].join(': ')}
      >
        {label}
      </Button>
      {open && <Dialog run={run} onClose={() => setOpen(false)} />}
    </>
  );
}
