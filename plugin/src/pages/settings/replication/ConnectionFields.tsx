import { Field, Input, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import type { ServiceError } from '../../../components/client/ServiceError';
import { getFormStyles, wrongAt } from '../form';
import type { Credentials, Draft } from './draft';
import { t } from '../../../i18n/t';

const credentialOptions = (): Array<{ value: Credentials; label: string; description: string }> => [
  {
    value: 'environment',
    label: t('replication.connectionFields.environment', 'Environment'),
    description: t('replication.connectionFields.what-the-aws-sdk', 'What the AWS SDK finds where the service runs'),
  },
  {
    value: 'profile',
    label: t('replication.connectionFields.profile', 'Profile'),
    description: t('replication.connectionFields.a-named-profile-of', 'A named profile of the AWS configuration there'),
  },
  {
    value: 'role',
    label: t('replication.connectionFields.role', 'Role'),
    description: t('replication.connectionFields.a-role-that-the', 'A role that the service assumes'),
  },
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
      <legend className={styles.part}>{t('replication.connectionFields.s3-connection', 'S3 connection')}</legend>
      <div className={styles.row}>
        {text('bucket', 'bucket', {
          label: t('replication.connectionFields.bucket', 'Bucket'),
          placeholder: t('replication.connectionFields.my-job-history', 'my-job-history'),
        })}
        {text('region', 'region', {
          label: t('replication.connectionFields.region', 'Region'),
          placeholder: t('replication.connectionFields.eu-central-1', 'eu-central-1'),
        })}
        {text('prefix', 'prefix', {
          label: t('replication.connectionFields.prefix', 'Prefix'),
          placeholder: t('replication.connectionFields.none', 'none'),
        })}
        {text('endpoint', 'endpoint', {
          label: t('replication.connectionFields.endpoint', 'Endpoint'),
          placeholder: t('replication.connectionFields.aws', 'AWS'),
          width: 36,
        })}
      </div>
      <div className={styles.row}>
        <Field
          label={t('replication.connectionFields.credentials', 'Credentials')}
          description={t(
            'replication.connectionFields.no-key-is-typed',
            'No key is typed in here: the service finds it where it runs.'
          )}
        >
          <RadioButtonGroup
            aria-label={t('replication.connectionFields.credentials', 'Credentials')}
            options={credentialOptions()}
            value={draft.from}
            onChange={(from) => onChange({ from })}
          />
        </Field>
        {draft.from === 'role' &&
          text('roleArn', 'credentials.role_arn', {
            label: t('replication.connectionFields.role', 'Role'),
            placeholder: t(
              'replication.connectionFields.arn-aws-iam-123456789012',
              'arn:aws:iam::123456789012:role/job-history'
            ),
            description: t('replication.connectionFields.its-arn', 'Its ARN.'),
            width: 48,
          })}
        {draft.from === 'role' &&
          text('externalId', 'credentials.external_id', {
            label: t('replication.connectionFields.external-id', 'External id'),
            description: t('replication.connectionFields.if-the-role-wants', 'If the role wants one.'),
          })}
        {draft.from !== 'environment' &&
          text('profile', 'credentials.profile', {
            label: t('replication.connectionFields.profile', 'Profile'),
            description:
              draft.from === 'role'
                ? t(
                    'replication.connectionFields.that-may-assume-the',
                    'That may assume the role; else the environment.'
                  )
                : t('replication.connectionFields.its-name', 'Its name.'),
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
