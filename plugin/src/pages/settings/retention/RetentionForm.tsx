import { useState } from 'react';
import { Button, useStyles2 } from '@grafana/ui';
import { useJobHistory } from '../../../components/JobHistoryContext';
import { isRecord, type UnknownRecord } from '../../../components/model/narrow';
import { useChange } from '../../../components/hooks/useChange';
import { getRowStyles, JobRow } from '../JobRow';
import { SaveRow } from '../SaveRow';
import { DaysFields } from './DaysFields';
import { NO_DAYS, toDraft, toSettings, type JobDays } from './draft';
import { t } from '../../../i18n/t';

export function RetentionForm({ settings, editable }: { settings: UnknownRecord; editable: boolean }) {
  const row = useStyles2(getRowStyles);
  const { client } = useJobHistory();
  const [draft, setDraft] = useState(() => toDraft(settings));
  const change = useChange();
  const { all, jobs } = editable ? draft : toDraft(settings);
  const dirty = JSON.stringify(toSettings(draft)) !== JSON.stringify(toSettings(toDraft(settings)));
  const setJob = (index: number, patch: Partial<JobDays>) =>
    setDraft({ all, jobs: jobs.map((job, i) => (i === index ? { ...job, ...patch } : job)) });
  const save = () =>
    change.run(async () => {
      const answer = await client.send('PUT', 'v1/settings/retention', {}, toSettings(draft));
      setDraft(toDraft(isRecord(answer) ? answer : {}));
    });
  return (
    <>
      <div className={row}>
        <DaysFields
          id="all"
          path=""
          days={all}
          editable={editable}
          error={change.error}
          onChange={(all) => setDraft({ all, jobs })}
        />
      </div>
      {jobs.map(({ job, days }, index) => (
        <JobRow
          key={index}
          id={`retention-job-${index}`}
          job={job}
          readOnly={!editable}
          onChange={(job) => setJob(index, { job })}
          onRemove={() => setDraft({ all, jobs: jobs.filter((_, i) => i !== index) })}
        >
          <DaysFields
            id={String(index)}
            path={`jobs.${job}.`}
            days={days}
            placeholder={all}
            editable={editable}
            error={change.error}
            onChange={(days) => setJob(index, { days })}
          />
        </JobRow>
      ))}
      {editable && (
        <SaveRow dirty={dirty} state={change} onSave={save}>
          <Button
            variant="secondary"
            icon="plus"
            onClick={() => setDraft({ all, jobs: [...jobs, { job: '', days: NO_DAYS }] })}
          >
            {t('retention.retentionForm.add-a-job-that', 'Add a job that differs')}
          </Button>
        </SaveRow>
      )}
    </>
  );
}
