import { Field, Input, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import type { ServiceError } from '../../../components/client/ServiceError';
import { getFormStyles, wrongAt } from '../form';
import type { Credentials, Draft } from './draft';

const FROM: Array<{ value: Credentials; label: string; description: string }> = [
  { value: 'environment', label: 'Environment', description: 'What the AWS SDK finds where the service runs' },
  { value: 'profile', label: 'Profile', description: 'A named profile of the AWS configuration there' },
  { value: 'role', label: 'Role', description: 'A role that the service assumes' },
];

interface Props {
  draft: Draft;
  error?: ServiceError;
  onChange(patch: Partial<Draft>): void;
}

/** Which bucket, and where the service finds what lets it in. */
export function ConnectionFields({ draft, error, onChange }: Props) {
  const styles = useStyles2(getFormStyles);
  const text = (name: TextField, path: string, words: FieldWords) => (
    <Field {...words} {...wrongAt(error, `connection.${path}`)}>
      <Input
        id={`replication-${name}`}
        width={words.width ?? 24}
        placeholder={words.placeholder}
        value={draft[name]}
        onChange={(event) => onChange({ [name]: event.currentTarget.value.trim() })}
      />
    </Field>
  );
  return (
    <fieldset>
      <legend className={styles.part}>S3 connection</legend>
      <div className={styles.row}>
        {text('bucket', 'bucket', { label: 'Bucket', placeholder: 'my-job-history' })}
        {text('region', 'region', { label: 'Region', placeholder: 'eu-central-1' })}
        {text('prefix', 'prefix', { label: 'Prefix', placeholder: 'none' })}
        {text('endpoint', 'endpoint', { label: 'Endpoint', placeholder: 'AWS', width: 36 })}
      </div>
      <div className={styles.row}>
        <Field label="Credentials" description="No key is typed in here: the service finds it where it runs.">
          <RadioButtonGroup
            aria-label="Credentials"
            options={FROM}
            value={draft.from}
            onChange={(from) => onChange({ from })}
          />
        </Field>
        {draft.from === 'role' &&
          text('roleArn', 'credentials.role_arn', {
            label: 'Role',
            placeholder: 'arn:aws:iam::123456789012:role/job-history',
            description: 'Its ARN.',
            width: 48,
          })}
        {draft.from === 'role' &&
          text('externalId', 'credentials.external_id', {
            label: 'External id',
            description: 'If the role wants one.',
          })}
        {draft.from !== 'environment' &&
          text('profile', 'credentials.profile', {
            label: 'Profile',
            description: draft.from === 'role' ? 'That may assume the role; else the environment.' : 'Its name.',
          })}
      </div>
    </fieldset>
  );
}

type TextField = 'bucket' | 'region' | 'prefix' | 'endpoint' | 'profile' | 'roleArn' | 'externalId';

interface FieldWords {
  label: string;
  description?: string;
  placeholder?: string;
  width?: number;
}
