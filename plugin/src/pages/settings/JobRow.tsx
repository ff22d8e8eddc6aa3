import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Field, IconButton, Input, useStyles2 } from '@grafana/ui';
import { t } from '../../i18n/t';

interface Props {
  id: string;
  job: string;
  /** What the service has against it. */
  problem?: string;
  readOnly?: boolean;
  onChange(job: string): void;
  onRemove(): void;
  /** What differs for the job. */
  children: React.ReactNode;
}

/** A single job that differs from all others, in a form. */
export function JobRow({ id, job, problem, readOnly, onChange, onRemove, children }: Props) {
  return (
    <div
      className={useStyles2(getRowStyles)}
      role="group"
      aria-label={t('settings.jobRow.job', 'Job {{job}}', { job })}
    >
      <Field label={t('settings.jobRow.job-2', 'Job')} noMargin invalid={problem !== undefined} error={problem}>
        <Input
          id={id}
          width={30}
          readOnly={readOnly}
          value={job}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </Field>
      {children}
      {!readOnly && (
        <IconButton
          name="trash-alt"
          size="lg"
          aria-label={t('settings.jobRow.remove', 'Remove {{job}}', {
            job: job || t('settings.jobRow.this-job', 'this job'),
          })}
          onClick={onRemove}
        />
      )}
    </div>
  );
}

/** Fields of one row, which stand on one line where there is room. */
export const getRowStyles = (theme: GrafanaTheme2) =>
  css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    gap: theme.spacing(1, 2),
    marginBottom: theme.spacing(1.5),
    '& > button': { marginBottom: theme.spacing(0.75) },
  });
