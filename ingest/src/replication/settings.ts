import { z } from 'zod';
import { nameSchema } from '../model/common.js';
import { jobReplicationSchema } from '../model/job.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { readSetting, writeSetting } from '../storage/settings.js';
import { p, sql, type Sql } from '../storage/sql.js';

const NO_SECRETS =
  'no keys or secrets are stored here. Name where the credentials are: {"from": "environment"}, {"from": "profile", "profile": "…"} or {"from": "role", "role_arn": "…"}';

/** An object of exactly these fields: one too many may be a secret. */
const only = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `${(issue.keys as string[]).join(', ')}: not known here; ${NO_SECRETS}`
        : undefined,
  });

const profile = z.string().regex(/^[^\s[\]]{1,128}$/, 'expected the name of a profile, without spaces');

/** Where the credentials come from; they themselves are never stored. */
const credentialsSchema = z
  .discriminatedUnion('from', [
    only({ from: z.literal('environment') }),
    only({ from: z.literal('profile'), profile }),
    only({
      from: z.literal('role'),
      role_arn: z.string().regex(/^arn:[\w-]+:iam::\d{12}:role\/.+$/, 'expected arn:aws:iam::<account>:role/<name>'),
      external_id: z.string().min(2).max(1224).optional(),
      /** The profile that may assume the role; without it, the environment's credentials. */
      profile: profile.optional(),
    }),
  ])
  .describe('where the credentials are found: nothing secret is stored');

const fields = {
  region: z.string().regex(/^[a-z0-9-]{1,64}$/, 'expected a region such as eu-central-1'),
  bucket: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9._-]{1,253}[a-z0-9]$/i,
      "expected a bucket's name, 3 to 255 letters, digits, dots and dashes"
    ),
  endpoint: z.url({ protocol: /^https?$/, error: 'expected an address such as https://s3.example.com' }).optional(),
  prefix: z
    .string()
    .max(128)
    .regex(/^[A-Za-z0-9!_.*'()/-]*$/, "expected letters, digits and / ! _ . * ' ( ) -")
    // With the / behind it, it is read again under the same rules.
    .refine((prefix) => prefix.length < 128 || prefix.endsWith('/'), 'expected at most 127 characters')
    .refine((prefix) => !prefix.split('/').includes('..') && !prefix.includes('//'), 'expected no .. and no empty part')
    .transform((prefix) => prefix.replace(/^\/+/, '').replace(/(?<=[^/])$/, '/'))
    .describe('what every key begins with; a / is put behind it'),
  credentials: credentialsSchema,
};
export const connectionSchema = only({
  ...fields,
  prefix: fields.prefix.default(''),
  credentials: credentialsSchema.default({ from: 'environment' }),
});
export type Connection = z.output<typeof connectionSchema>;

const jobSettingsSchema = only({
  ...jobReplicationSchema.shape,
  connection: only(fields).partial().optional().describe("what differs from the tenant's connection"),
});

/** Job history replication: of the tenant, and what differs for single jobs. */
export const replicationSchema = z
  .object({
    enabled: z.boolean().default(false),
    connection: connectionSchema.optional(),
    store_lines: z.boolean().default(true).describe('store line by line execution logs'),
    user_id: nameSchema
      .optional()
      .describe("whose the files are, where a run does not say; the tenant's name unless given"),
    jobs: z.record(nameSchema, jobSettingsSchema).default({}),
  })
  .refine(
    ({ enabled, connection, jobs }) =>
      connection !== undefined || !(enabled || Object.values(jobs).some((job) => job.enabled)),
    {
      path: ['connection'],
      message: 'expected an S3 connection (region and bucket) to enable replication',
    }
  );
export type ReplicationSettings = z.output<typeof replicationSchema>;

/** As it is stored: with when it was switched on, epoch milliseconds. What ended before is written on demand only. */
const storedSchema = replicationSchema.safeExtend({ since: z.number().default(0) });
export type Replication = z.output<typeof storedSchema>;

const OFF: Replication = { enabled: false, store_lines: true, jobs: {}, since: 0 };

async function readReplication(db: ClickHouse, tenant: string): Promise<Replication> {
  return (await readSetting(db, tenant, 'replication', storedSchema)) ?? OFF;
}

/** Writes the settings; where nothing was written so far, from now on. */
export async function writeReplication(
  db: ClickHouse,
  tenant: string,
  before: Targets,
  settings: ReplicationSettings
): Promise<void> {
  const stored: Replication = { ...settings, since: before.isOn ? before.settings.since : Date.now() };
  await writeSetting(db, tenant, 'replication', stored);
}

/** Rows of a slower service, or of one whose clock is behind, come into the table this late. */
const LATE_MS = 120_000;

type Overrides = z.output<typeof jobSettingsSchema>;

/** What holds for one job. */
export interface Target {
  store_lines: boolean;
  user_id: string | undefined;
  connection: Connection;
}

/** The tenant's settings with what the jobs' own configs say, and above these what administrators set for jobs. */
export class Targets {
  readonly #overrides: ReadonlyMap<string, Overrides>;

  constructor(
    readonly settings: Replication,
    configs: ReadonlyMap<string, Overrides>
  ) {
    const jobs = new Set([...configs.keys(), ...Object.keys(settings.jobs)]);
    this.#overrides = new Map([...jobs].map((job) => [job, { ...configs.get(job), ...settings.jobs[job] }]));
  }

  static async read(db: ClickHouse, tenant: string): Promise<Targets> {
    const [settings, rows] = await Promise.all([
      readReplication(db, tenant),
      db.rows<{ job: string; replicate: string }>(
        sql`SELECT job, JSONExtractRaw(config, 'replicate') AS replicate FROM jobs FINAL
          WHERE tenant = ${p.string(tenant)} AND replicate NOT IN ('', 'null')`
      ),
    ]);
    return new Targets(
      settings,
      new Map(rows.map((row) => [row.job, jobSettingsSchema.catch({}).parse(JSON.parse(row.replicate))]))
    );
  }

  equals(other: Targets): boolean {
    const text = ({ settings }: Targets, overrides: ReadonlyMap<string, Overrides>) =>
      JSON.stringify([settings, ...overrides]);
    return text(this, this.#overrides) === text(other, other.#overrides);
  }

  /** Since when runs may have been settled that are not written yet, where one has come so far. */
  from(position: number): number {
    return Math.max(position - LATE_MS, this.settings.since);
  }

  /** Whether any run at all is to be written. */
  get isOn(): boolean {
    const { enabled, connection } = this.settings;
    const anywhere = connection !== undefined || [...this.#overrides.values()].some((job) => job.connection);
    return anywhere && (enabled || [...this.#overrides.values()].some((job) => job.enabled));
  }

  /** The jobs whose runs are written, as a condition. */
  get jobs(): Sql {
    const { enabled } = this.settings;
    const others = [...this.#overrides].filter(([, job]) => (job.enabled ?? enabled) !== enabled).map(([job]) => job);
    return enabled ? sql`job NOT IN ${p.strings(others)}` : sql`job IN ${p.strings(others)}`;
  }

  /** Undefined where nothing says into which bucket. */
  of(job: string): Target | undefined {
    const { settings } = this;
    const own = this.#overrides.get(job);
    const connection = connectionSchema.safeParse({ ...settings.connection, ...own?.connection });
    return connection.success
      ? {
          store_lines: own?.store_lines ?? settings.store_lines,
          user_id: own?.user_id ?? settings.user_id,
          connection: connection.data,
        }
      : undefined;
  }
}
