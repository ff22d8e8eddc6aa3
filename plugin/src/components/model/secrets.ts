import { isRecord } from './narrow';

/** Stands for a value that nobody needs to read. */
export const MASK = '••••••••';

const SECRETS = /^(passw(or)?ds?|passphrases?|pwd|secrets?|tokens?|credentials?|apikeys?|authorization|cookies?|dsn)$/;
/** Words that make a secret of a name wherever they stand in it. */
const ALWAYS = /^(passw(or)?d|passphrase|secret|credential)s?$/;
/** What is told about a secret, or beside it, without being one. */
const HARMLESS =
  /^(ids?|names?|types?|users?|usernames?|emails?|accounts?|regions?|urls?|hosts?|polic(y|ies)|versions?|counts?|lengths?|at|expir(es|y|ed)|rotated|scopes?|enabled)$/;
/** Keys that order or join data instead of opening something. */
const STRUCTURAL =
  /^(primary|foreign|natural|business|sort|partition|shard|cluster(ing)?|row|unique|join|merge|group|public|object|record|idempotency|dedup(lication)?)$/;
const LOOKS_RANDOM = /^[\w+/=.-]{16,}$/;

/** A JSON value with everything masked that, by its name or its form, is a secret. The service redacts too; this is the second lock. */
export function maskSecrets(value: unknown, name = '', inSecret = false): unknown {
  const secret = isSecretName(name);
  if (Array.isArray(value)) {
    return value.map((item: unknown) => maskSecrets(item, name, inSecret));
  }
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, maskSecrets(item, key, inSecret || secret)])
    );
  }
  if (value === null || value === undefined || value === '' || typeof value === 'boolean') {
    return value;
  }
  if (secret || (inSecret && !HARMLESS.test(wordsOf(name).at(-1) ?? '')) || isBareKey(name, value)) {
    return MASK;
  }
  return typeof value === 'string' ? maskText(value) : value;
}

/** A text without the passwords and tokens inside its addresses. */
export function maskText(text: string): string {
  return text
    .replace(/(\b[a-z][a-z\d+.-]{0,20}:\/\/[^\s:/@]*:)[^\s/@]+@/gi, `$1${MASK}@`)
    .replace(/([?&;][\w.-]*(?:password|secret|token|signature|apikey|api_key|access_key)=)[^\s&;]+/gi, `$1${MASK}`)
    .replace(/\b(Bearer|Basic) +[\w+/=.~-]{8,}/g, `$1 ${MASK}`);
}

function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  if (HARMLESS.test(last)) {
    return false;
  }
  const opens = /^keys?$/.test(last) && words.length > 1 && !STRUCTURAL.test(words.at(-2) ?? '');
  return opens || SECRETS.test(last) || words.some((word) => ALWAYS.test(word));
}

/** "key" alone names a secret as often as a column: its value decides. */
function isBareKey(name: string, value: unknown): boolean {
  return /^key$/i.test(name) && typeof value === 'string' && LOOKS_RANDOM.test(value) && /\d/.test(value);
}

/** `clientSecret`, `client_secret` and `CLIENT-SECRET` as words. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(Boolean);
}
