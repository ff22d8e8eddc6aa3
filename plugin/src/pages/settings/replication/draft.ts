import { isRecord, toText, type UnknownRecord } from '../../../components/model/narrow';

/** Where the service finds the credentials; none of them is typed in here. */
export const CREDENTIALS = ['environment', 'profile', 'role'] as const;
export type Credentials = (typeof CREDENTIALS)[number];

/** What a job says of its own; `all` is as all others. */
export const CHOICES = ['all', 'on', 'off'] as const;
export type Choice = (typeof CHOICES)[number];

export interface JobDraft {
  job: string;
  enabled: Choice;
  lines: Choice;
  /** What the form has no field for; it stays as it is. */
  rest: UnknownRecord;
}

/** The settings as a person edits them: a text for every field. */
export interface Draft {
  enabled: boolean;
  region: string;
  bucket: string;
  endpoint: string;
  prefix: string;
  from: Credentials;
  profile: string;
  roleArn: string;
  externalId: string;
  lines: boolean;
  userId: string;
  jobs: JobDraft[];
}

/** @param settings what `GET /v1/settings/replication` answers */
export function toDraft(settings: UnknownRecord): Draft {
  const connection = isRecord(settings.connection) ? settings.connection : {};
  const credentials = isRecord(connection.credentials) ? connection.credentials : {};
  const text = (value: unknown) => toText(value) ?? '';
  return {
    enabled: settings.enabled === true,
    region: text(connection.region),
    bucket: text(connection.bucket),
    endpoint: text(connection.endpoint),
    prefix: text(connection.prefix),
    from: CREDENTIALS.find((from) => from === credentials.from) ?? 'environment',
    profile: text(credentials.profile),
    roleArn: text(credentials.role_arn),
    externalId: text(credentials.external_id),
    lines: settings.store_lines !== false,
    userId: text(settings.user_id),
    jobs: Object.entries(isRecord(settings.jobs) ? settings.jobs : {}).map(([job, own]) => toJobDraft(job, own)),
  };
}

function toJobDraft(job: string, own: unknown): JobDraft {
  const { enabled, store_lines, ...rest } = isRecord(own) ? own : {};
  return { job, enabled: toChoice(enabled), lines: toChoice(store_lines), rest };
}

const toChoice = (value: unknown): Choice => (value === undefined ? 'all' : value === true ? 'on' : 'off');

/** The connection as the service takes it; undefined while nothing of it is filled in. */
export function toConnection(draft: Draft): UnknownRecord | undefined {
  const { region, bucket, endpoint, prefix } = draft;
  return region || bucket || endpoint || prefix
    ? { region, bucket, prefix, ...filled({ endpoint }), credentials: toCredentials(draft) }
    : undefined;
}

function toCredentials({ from, profile, roleArn, externalId }: Draft): UnknownRecord {
  switch (from) {
    case 'environment':
      return { from };
    case 'profile':
      return { from, profile };
    case 'role':
      return { from, role_arn: roleArn, ...filled({ external_id: externalId, profile }) };
  }
}

/** What `PUT /v1/settings/replication` takes. A job without a name, or with nothing of its own, is left out. */
export function toSettings(draft: Draft): UnknownRecord {
  const connection = toConnection(draft);
  const own = draft.jobs.map(({ job, enabled, lines, rest }): [string, UnknownRecord] => [
    job.trim(),
    { ...rest, ...chosen('enabled', enabled), ...chosen('store_lines', lines) },
  ]);
  return {
    enabled: draft.enabled,
    ...(connection && { connection }),
    store_lines: draft.lines,
    ...filled({ user_id: draft.userId }),
    jobs: Object.fromEntries(own.filter(([job, settings]) => job !== '' && Object.keys(settings).length > 0)),
  };
}

const chosen = (name: string, choice: Choice): UnknownRecord => (choice === 'all' ? {} : { [name]: choice === 'on' });

function filled(texts: Record<string, string>): UnknownRecord {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));
}
