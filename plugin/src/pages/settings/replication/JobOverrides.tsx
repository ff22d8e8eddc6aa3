import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Field, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import type { ServiceError } from '../../../components/client/ServiceError';
import { getFormStyles } from '../form';
import { JobRow } from '../JobRow';
import type { Choice, JobDraft } from './draft';
import { t } from '../../../i18n/t';

const choiceOptions = (): Array<{ value: Choice; label: string }> => [
  { value: 'all', label: t('replication.jobOverrides.as-all', 'As all') },
  { value: 'on', label: t('replication.jobOverrides.on', 'On') },
  { value: 'off', label: t('replication.jobOverrides.off', 'Off') },
];

interface Props {
  jobs: JobDraft[];
  error?: ServiceError;
  onChange(jobs: JobDraft[]): void;
}

/** What differs for single jobs; it stands above what a job's own config says. */
export function JobOverrides({ jobs, error, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const form = useStyles2(getFormStyles);
  const set = (index: number, patch: Partial<JobDraft>) =>
    onChange(jobs.map((job, i) => (i === index ? { ...job, ...patch } : job)));
  const wrong = (job: string) => error?.parts.find(({ path }) => path.startsWith(`jobs.${job}.`));
  return (
    <fieldset className={styles.jobs}>
      <legend className={form.part}>
        {t('replication.jobOverrides.single-jobs-that-differ', 'Single jobs that differ')}
      </legend>
      {jobs.map((job, index) => (
        <JobRow
          key={index}
          id={`replication-job-${index}`}
          job={job.job}
          problem={wrong(job.job)?.message}
          onChange={(name) => set(index, { job: name })}
          onRemove={() => onChange(jobs.filter((_, i) => i !== index))}
        >
          <Field label={t('replication.jobOverrides.replicate', 'Replicate')} noMargin>
            <RadioButtonGroup
              aria-label={t('replication.jobOverrides.replicate', 'Replicate')}
              options={choiceOptions()}
              value={job.enabled}
              onChange={(enabled) => set(index, { enabled })}
            />
          </Field>
          <Field label={t('replication.jobOverrides.log-lines', 'Log lines')} noMargin>
            <RadioButtonGroup
              aria-label={t('replication.jobOverrides.log-lines', 'Log lines')}
              options={choiceOptions()}
              value={job.lines}
              onChange={(lines) => set(index, { lines })}
            />
          </Field>
          {Object.keys(job.rest).length > 0 && <code className={styles.rest}>{JSON.stringify(job.rest)}</code>}
        </JobRow>
      ))}
      <Button
        size="sm"
        variant="secondary"
        icon="plus"
        onClick={() => onChange([...jobs, { job: '', enabled: 'all', lines: 'all', rest: {} }])}
      >
        {t('replication.jobOverrides.add-a-job', 'Add a job')}
      </Button>
    </fieldset>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  jobs: css({ marginBottom: theme.spacing(2) }),
  rest: css({ overflowWrap: 'anywhere' }),
});
