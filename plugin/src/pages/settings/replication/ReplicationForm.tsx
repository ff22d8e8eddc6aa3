import { useState } from 'react';
import { Checkbox, Field, Input } from '@grafana/ui';
import { useJobHistory } from '../../../components/JobHistoryContext';
import { isRecord, type UnknownRecord } from '../../../components/model/narrow';
import { useChange } from '../../../components/hooks/useChange';
import { wrongAt } from '../form';
import { SaveRow } from '../SaveRow';
import { ConnectionFields } from './ConnectionFields';
import { ConnectionTest } from './ConnectionTest';
import { toConnection, toDraft, toSettings, type Draft } from './draft';
import { JobOverrides } from './JobOverrides';
import { t } from '../../../i18n/t';

export function ReplicationForm({ settings }: { settings: UnknownRecord }) {
  const { client } = useJobHistory();
  const [draft, setDraft] = useState(() => toDraft(settings));
  const change = useChange();
  const set = (patch: Partial<Draft>) => setDraft({ ...draft, ...patch });
  const dirty = JSON.stringify(toSettings(draft)) !== JSON.stringify(toSettings(toDraft(settings)));
  const save = () =>
    change.run(async () => {
      const answer = await client.send('PUT', 'v1/settings/replication', {}, toSettings(draft));
      setDraft(toDraft(isRecord(answer) ? answer : {}));
    });
  return (
    <>
      <Field {...wrongAt(change.error, 'connection')}>
        <Checkbox
          id="replication-enabled"
          label={t('replication.replicationForm.write-every-finished-run', 'Write every finished run')}
          description={t(
            'replication.replicationForm.from-the-moment-it',
            'From the moment it is saved; what ended before takes a back-fill.'
          )}
          value={draft.enabled}
          onChange={(event) => set({ enabled: event.currentTarget.checked })}
        />
      </Field>
      <Field>
        <Checkbox
          id="replication-lines"
          label={t('replication.replicationForm.store-line-by-line', 'Store line by line execution logs')}
          value={draft.lines}
          onChange={(event) => set({ lines: event.currentTarget.checked })}
        />
      </Field>
      <Field
        label={t('replication.replicationForm.user-id', 'User id')}
        description={t('replication.replicationForm.whose-the-files-are', 'Whose the files are; else the tenant.')}
        {...wrongAt(change.error, 'user_id')}
      >
        <Input
          id="replication-user"
          width={24}
          value={draft.userId}
          onChange={(event) => set({ userId: event.currentTarget.value })}
        />
      </Field>
      <ConnectionFields draft={draft} error={change.error} onChange={set} />
      <JobOverrides jobs={draft.jobs} error={change.error} onChange={(jobs) => set({ jobs })} />
      <SaveRow dirty={dirty} state={change} onSave={save}>
        <ConnectionTest connection={toConnection(draft)} />
      </SaveRow>
    </>
  );
}
