import { useState } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Field, IconButton, Input, useStyles2 } from '@grafana/ui';
import { useJobHistory } from '../../../components/JobHistoryContext';
import { isRecord, type UnknownRecord } from '../../../components/model/narrow';
import { useChange } from '../../../components/hooks/useChange';
import { SaveRow } from '../SaveRow';
import { DaysFields } from './DaysFields';
import { NO_DAYS, toDraft, toSettings, type JobDays } from './draft';

export function RetentionForm({ settings, editable }: { settings: UnknownRecord; editable: boolean }) {
  const styles = useStyles2(getStyles);
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
      <div className={styles.row}>
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
        <div key={index} className={styles.row} role="group" aria-label={`Job ${job}`}>
          <Field label="Job" noMargin>
            <Input
              id={`retention-job-${index}`}
              width={30}
              readOnly={!editable}
              value={job}
              onChange={(event) => setJob(index, { job: event.currentTarget.value })}
            />
          </Field>
          <DaysFields
            id={String(index)}
            path={`jobs.${job}.`}
            days={days}
            placeholder={all}
            editable={editable}
            error={change.error}
            onChange={(days) => setJob(index, { days })}
          />
          {editable && (
            <IconButton
              name="trash-alt"
              size="lg"
              aria-label={`Remove ${job || 'this job'}`}
              onClick={() => setDraft({ all, jobs: jobs.filter((_, i) => i !== index) })}
            />
          )}
        </div>
      ))}
      {editable && (
        <SaveRow dirty={dirty} state={change} onSave={save}>
          <Button
            variant="secondary"
            icon="plus"
            onClick={() => setDraft({ all, jobs: [...jobs, { job: '', days: NO_DAYS }] })}
          >
            Add a job that differs
          </Button>
        </SaveRow>
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    gap: theme.spacing(1, 2),
    marginBottom: theme.spacing(1.5),
    '& > button': { marginBottom: theme.spacing(0.75) },
  }),
});
