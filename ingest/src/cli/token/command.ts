import { z } from 'zod';
import { SCOPES } from '../../http/token-store.js';
import { createClient } from '../client.js';
import { CliError } from '../errors.js';

interface ServiceOptions {
  url: string;
  token?: string;
}

const listAnswer = z.object({
  tokens: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      scopes: z.array(z.string()),
      expires_at: z.string().nullable(),
      expired: z.boolean(),
      source: z.string(),
    })
  ),
});
const madeAnswer = z.object({ id: z.string(), token: z.string() });

/** `joblens token create`: prints the token alone, so that a script can take it. */
export async function createToken(
  name: string,
  options: ServiceOptions & { scope: string[]; expires?: string; rate?: string; quota?: string }
): Promise<void> {
  const wrong = options.scope.find((scope) => !(SCOPES as readonly string[]).includes(scope));
  if (wrong !== undefined || options.scope.length === 0) {
    throw new CliError(`--scope: expected one or more of ${SCOPES.join(', ')}, got "${wrong ?? ''}"`, 2);
  }
  const made = madeAnswer.parse(
    await createClient(options).ask('POST', '/v1/tokens', {
      name,
      scopes: options.scope,
      ...(options.expires === undefined ? {} : { expires_at: options.expires }),
      ...(options.rate === undefined ? {} : { rate: Number(options.rate) }),
      ...(options.quota === undefined ? {} : { quota: Number(options.quota) }),
    })
  );
  process.stderr.write(`made the token ${made.id}; it is shown this once:\n`);
  process.stdout.write(`${made.token}\n`);
}

/** `joblens token list`: one line a token, tab-separated. */
export async function listTokens(options: ServiceOptions): Promise<void> {
  const { tokens } = listAnswer.parse(await createClient(options).ask('GET', '/v1/tokens'));
  for (const { id, name, scopes, expires_at: expires, expired, source } of tokens) {
    const until = expires === null ? 'never expires' : `${expired ? 'expired' : 'expires'} ${expires}`;
    process.stdout.write(`${[id, name, scopes.join(','), until, `from a ${source}`].join('\t')}\n`);
  }
}

/** `joblens token revoke`: from now on the token is refused. */
export async function revokeToken(id: string, options: ServiceOptions): Promise<void> {
  await createClient(options).ask('DELETE', `/v1/tokens?id=${encodeURIComponent(id)}`);
  process.stderr.write(`revoked ${id}\n`);
}
