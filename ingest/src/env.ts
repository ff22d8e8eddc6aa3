import { z } from 'zod';

const bytes = z.coerce.number().int().positive();
const flag = z.enum(['0', '1', 'true', 'false', '']).transform((value) => value === '1' || value === 'true');

/** Every setting of the service, read from the environment. */
export const envSchema = z.object({
  JOBLENS_HOST: z.string().default('127.0.0.1'),
  JOBLENS_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  /** Where the spool and the embedded engine keep their files. */
  JOBLENS_DATA: z.string().default('.joblens'),
  /** A ClickHouse server, such as http://user:password@host:8123. Without it the engine is embedded. */
  CLICKHOUSE_URL: z.url().optional(),
  JOBLENS_DATABASE: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
    .default('joblens'),
  /** A ClickHouse cluster's name: tables become Replicated…, DDL runs ON CLUSTER. */
  JOBLENS_CLUSTER: z
    .string()
    .regex(/^[A-Za-z0-9_.{}-]+$/)
    .optional(),
  /** PEM files of a certificate and its key: with both the service speaks HTTPS. */
  JOBLENS_TLS_CERT: z.string().optional(),
  JOBLENS_TLS_KEY: z.string().optional(),
  /** JSON file of tokens; with it every call needs one. */
  JOBLENS_TOKENS_FILE: z.string().optional(),
  /** YAML file of recommended-action rules; what is set under Settings goes before it. */
  JOBLENS_RULES_FILE: z.string().optional(),
  /** YAML file of more secrets to hide, or of others with `builtin: false`. */
  JOBLENS_REDACTION_FILE: z.string().optional(),
  /** A write is refused over this size, counted after decompression. */
  JOBLENS_MAX_BODY: bytes.default(64 * 1024 * 1024),
  /** Bodies being received at one time, all together. */
  JOBLENS_MAX_INFLIGHT: bytes.default(256 * 1024 * 1024),
  /** Writes are answered 503 once this much waits unstored. */
  JOBLENS_SPOOL_MAX: bytes.default(4 * 1024 * 1024 * 1024),
  /** Writes are answered 503 while less than this is free on the spool's disk. */
  JOBLENS_SPOOL_MIN_FREE: z.coerce
    .number()
    .int()
    .min(0)
    .default(256 * 1024 * 1024),
  /** Writes are answered 503 once the oldest unstored data is older than this many seconds. */
  JOBLENS_MAX_LAG: z.coerce
    .number()
    .int()
    .positive()
    .default(24 * 3600),
  /** A tenant that has this many jobs gets no new ones. */
  JOBLENS_MAX_JOBS: z.coerce.number().int().positive().default(100_000),
  JOBLENS_SEGMENT_BYTES: bytes.default(32 * 1024 * 1024),
  /** How long a segment stays open for more requests. */
  JOBLENS_SEGMENT_MS: z.coerce.number().int().positive().default(150),
  JOBLENS_RETENTION_RUNS_DAYS: z.coerce.number().int().positive().default(400),
  JOBLENS_RETENTION_LINES_DAYS: z.coerce.number().int().positive().default(30),
  JOBLENS_RETENTION_RECORDS_DAYS: z.coerce.number().int().positive().default(30),
  /** Milliseconds between two looks at the schedules: slots that nobody kept, runs past their limit. */
  JOBLENS_SWEEP_MS: z.coerce.number().int().positive().default(10_000),
  /** Seconds a question may take. */
  JOBLENS_QUERY_TIMEOUT: z.coerce.number().positive().default(30),
  JOBLENS_QUERY_MEMORY: bytes.default(2 * 1024 * 1024 * 1024),
  /** Reads segments as the engine's own files even where the engine is a server that shares the disk. */
  JOBLENS_SPOOL_SHARED: flag.default(false),
  JOBLENS_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});
export type Env = z.infer<typeof envSchema>;

/**
 * Reads the settings; options given on the command line win over the environment.
 * @throws Error that names each wrong setting and what was expected.
 */
export function readEnv(source: NodeJS.ProcessEnv = process.env, overrides: Partial<Env> = {}): Env {
  const parsed = envSchema.safeParse(source);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`).join('\n');
    throw new Error(`These settings can't be used:\n${wrong}`);
  }
  return { ...parsed.data, ...overrides };
}
