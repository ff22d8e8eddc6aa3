import { useState } from 'react';
import { Button, Dropdown, Menu } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { useJobHistory } from '../JobHistoryContext';
import { mayAs } from '../model/role';
import { isOpen } from '../model/status';
import { AcknowledgeDialog } from './AcknowledgeDialog';
import { CancelDialog } from './CancelDialog';
import { DeleteDialog } from './DeleteDialog';
import { LabelsDialog } from './LabelsDialog';
import { NoteDialog } from './NoteDialog';
import { TakeBackDialog } from './TakeBackDialog';
import { t } from '../../i18n/t';

const DIALOGS = {
  note: NoteDialog,
  acknowledge: AcknowledgeDialog,
  takeBack: TakeBackDialog,
  labels: LabelsDialog,
  cancel: CancelDialog,
  delete: DeleteDialog,
};
type DialogName = keyof typeof DIALOGS;

/** What people may change of a run, as far as their role goes; nothing for those who only look. */
export function ManageMenu({ run }: { run: RunAnswer }) {
  const { role } = useJobHistory();
  const [open, setOpen] = useState<DialogName>();
  const Dialog = open && DIALOGS[open];
  // A job that has not run yet has an entry, but no run to change.
  if (!mayAs(role, 'editor') || run.run === '') {
    return null;
  }
  const menu = (
    <Menu>
      <Menu.Item
        label={t('manage.manageMenu.add-a-note', 'Add a note')}
        icon="comment-alt"
        onClick={() => setOpen('note')}
      />
      {run.acknowledged ? (
        <Menu.Item
          label={t('manage.manageMenu.take-back-the-acknowledgement', 'Take back the acknowledgement')}
          icon="eye-slash"
          onClick={() => setOpen('takeBack')}
        />
      ) : (
        <Menu.Item
          label={t('manage.manageMenu.acknowledge', 'Acknowledge')}
          icon="eye"
          onClick={() => setOpen('acknowledge')}
        />
      )}
      <Menu.Item
        label={t('manage.manageMenu.change-title-and-tags', 'Change title and tags')}
        icon="tag-alt"
        onClick={() => setOpen('labels')}
      />
      {isOpen(run.status) && (
        <Menu.Item
          label={t('manage.manageMenu.mark-as-cancelled', 'Mark as cancelled')}
          icon="ban"
          onClick={() => setOpen('cancel')}
        />
      )}
      {mayAs(role, 'admin') && (
        <>
          <Menu.Divider />
          <Menu.Item
            label={t('manage.manageMenu.delete-the-run', 'Delete the run')}
            icon="trash-alt"
            destructive
            onClick={() => setOpen('delete')}
          />
        </>
      )}
    </Menu>
  );
  return (
    <>
      <Dropdown overlay={menu} placement="bottom-end">
        <Button
          size="sm"
          variant="secondary"
          icon="ellipsis-v"
          aria-label={t('manage.manageMenu.manage-the-run', 'Manage the run')}
          tooltip={t('manage.manageMenu.manage-the-run', 'Manage the run')}
        />
      </Dropdown>
      {Dialog && <Dialog run={run} onClose={() => setOpen(undefined)} />}
    </>
  );
}
