import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { CONTROL, timeSchema } from '../model/common.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { p, raw, sql } from '../storage/sql.js';
import type { Caller } from './context.js';

export const SCOPES = ['write', 'read', 'annotate', 'admin'] as const;

/** What a token is made with. */
export const newTokenSchema = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(200)
    .refine((name) => !CONTROL.test(name), 'expected no control characters'),
  scopes: z.array(z.enum(SCOPES)).min(1),
  expires_at: timeSchema.nullish().describe('from when on it is refused; without it, never'),
  rate: z.number().positive().max(1_000_000).nullish().describe('requests a second'),
  quota: z.number().int().positive().nullish().describe('bytes a day it may send, after decompression'),
});
export type NewToken = z.output<typeof newTokenSchema>;

/** A token as it is kept: by its hash, never by itself. */
const storedSchema = newTokenSchema.extend({
  id: z.string(),
  tenant: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  created_at: z.number(),
  created_by: z.string(),
});
export type StoredToken = z.output<typeof storedSchema>;

const fileSchema = z.object({
  tokens: z.array(
    newTokenSchema.extend({
      name: z.string().default('unnamed'),
      /** Hex SHA-256 of the token. */
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/i)
        .optional(),
      /** The token itself, for files that hold secrets anyway. */
      token: z.string().min(16, 'expected at least 16 characters').optional(),
      tenant: z.string().min(1).max(128).default('default'),
    })
  ),
});

const REFRESH_MS = 5000;

/**
 * Known tokens, of a file and of admin calls. Both are looked at again every few seconds, so that tokens come and go
 * without a restart; what ClickHouse holds is kept on disk too, so that writes are let in while it is away.
 */
export class Tokens {
  readonly #file: string | undefined;
  readonly #cache: string;
  readonly #log: Logger;
  #ofFile: StoredToken[] = [];
  #fileRead = 0;
  #ofCalls: StoredToken[] = [];
  #byHash = new Map<string, StoredToken>();
  #timer: NodeJS.Timeout | undefined;

  /** @throws Error that says what is wrong with the file */
  constructor(options: { file: string | undefined; data: string; log: Logger }) {
    this.#file = options.file;
    this.#cache = join(options.data, 'tokens.json');
    this.#log = options.log;
    this.#readFile();
    this.#ofCalls = readCache(this.#cache);
    this.#index();
  }

  /** Follows the file and ClickHouse from now on. */
  watch(db: ClickHouse): void {
    const refresh = () =>
      void this.refresh(db).catch((error: unknown) =>
        this.#log.warn({ error: error instanceof Error ? error.message : error }, 'tokens can’t be read again')
      );
    this.#timer = setInterval(refresh, REFRESH_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  get isEmpty(): boolean {
    return this.#byHash.size === 0;
  }

  /** The caller that a token stands for; undefined where it is unknown or has expired. */
  find(token: string): Caller | undefined {
    const sha256 = hash(token);
    const known = this.#byHash.get(sha256);
    if (!known || !timingSafeEqual(Buffer.from(sha256), Buffer.from(known.sha256))) {
      return undefined;
    }
    if (hasExpired(known)) {
      return undefined;
    }
    const { id, name, tenant, scopes, rate, quota } = known;
    return { id, name, tenant, scopes: new Set(scopes), rate: rate ?? undefined, quota: quota ?? undefined };
  }

  /** Whether the token of this id would be found now: it may have been revoked, or have expired, since it was. */
  isValid(id: string): boolean {
    return [...this.#byHash.values()].some((token) => token.id === id && !hasExpired(token));
  }

  /** A tenant's tokens; those of the file can't be revoked by a call. */
  list(tenant: string): Array<StoredToken & { source: 'file' | 'call' }> {
    return [
      ...this.#ofFile.map((token) => ({ ...token, source: 'file' as const })),
      ...this.#ofCalls.map((token) => ({ ...token, source: 'call' as const })),
    ].filter((token) => token.tenant === tenant);
  }

  /** Makes a token. It is told once, here, and kept as a hash. */
  async create(db: ClickHouse, tenant: string, by: string, wanted: NewToken): Promise<StoredToken & { token: string }> {
    const token = `jl_${randomBytes(24).toString('base64url')}`;
    const stored = { ...wanted, id: uuidv7(), tenant, sha256: hash(token), created_at: Date.now(), created_by: by };
    await this.#write(db, tenant, stored.id, stored);
    return { ...stored, token };
  }

  async revoke(db: ClickHouse, tenant: string, id: string): Promise<void> {
    await this.#write(db, tenant, id, null);
  }

  async refresh(db: ClickHouse): Promise<void> {
    this.#readFile();
    const rows = await db.rows<{ value: string }>(
      raw("SELECT value FROM settings FINAL WHERE name = 'tokens' AND value != 'null' ORDER BY job")
    );
    const before = JSON.stringify(this.#ofCalls);
    this.#ofCalls = rows.map((row) => storedSchema.parse(JSON.parse(row.value)));
    this.#index();
    if (JSON.stringify(this.#ofCalls) !== before) {
      writeCache(this.#cache, this.#ofCalls);
    }
  }

  async #write(db: ClickHouse, tenant: string, id: string, value: StoredToken | null): Promise<void> {
    const [known] = await db.rows<{ version: number }>(
      sql`SELECT max(version) AS version FROM settings WHERE tenant = ${p.string(tenant)} AND name = 'tokens' AND job = ${p.string(id)}`
    );
    const version = Math.max(Date.now(), (known?.version ?? 0) + 1);
    await db.insert('settings', [{ tenant, name: 'tokens', job: id, value: JSON.stringify(value), version }]);
    await this.refresh(db);
  }

  /** A file that was just broken leaves the tokens as they were, and says so; at the start it stops the service. */
  #readFile(): void {
    if (this.#file === undefined) {
      return;
    }
    const changed = statSync(this.#file).mtimeMs;
    if (changed !== this.#fileRead) {
      this.#ofFile = readTokensFile(this.#file);
      this.#fileRead = changed;
    }
  }

  #index(): void {
    this.#byHash = new Map([...this.#ofCalls, ...this.#ofFile].map((token) => [token.sha256, token]));
  }
}

const hasExpired = ({ expires_at }: StoredToken) => typeof expires_at === 'number' && expires_at <= Date.now();

function readTokensFile(file: string): StoredToken[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} (JOBLENS_TOKENS_FILE) can't be read: ${error instanceof Error ? error.message : ''}`);
  }
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) {
    throw new Error(`${file} (JOBLENS_TOKENS_FILE) can't be used: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data.tokens.map(({ token, sha256, ...rest }) => {
    const hashed = sha256?.toLowerCase() ?? hash(token ?? '');
    return { ...rest, id: `file-${hashed.slice(0, 12)}`, sha256: hashed, created_at: 0, created_by: file };
  });
}

/** @throws Error where it is there and can't be read: without tokens the service would let everybody of this machine in */
function readCache(file: string): StoredToken[] {
  if (!existsSync(file)) {
    return [];
  }
  try {
    return z.array(storedSchema).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(
      `${file}, a copy of the tokens, can't be read: ${error instanceof Error ? error.message : ''}. ` +
        'Remove it, and start again while ClickHouse is there: it holds them.'
    );
  }
}

function writeCache(file: string, tokens: readonly StoredToken[]): void {
  writeFileSync(`${file}.new`, JSON.stringify(tokens), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

const hash = (token: string) => createHash('sha256').update(token).digest('hex');
