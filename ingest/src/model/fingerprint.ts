import { hash } from 'node:crypto';

const VARIABLE: ReadonlyArray<[RegExp, string]> = [
  [/\u001b\[[0-9;]*[A-Za-z]/g, ''],
  [/\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?/g, '<time>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<id>'],
  [/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,}\b/gi, '<id>'],
  [/\b0x[0-9a-f]+\b/gi, '<id>'],
  [/\d+/g, '<n>'],
];

/** A message with what changes from run to run taken out: times, numbers, ids and hashes. */
export function normalizeMessage(message: string): string {
  const short = message.slice(0, 2000);
  return VARIABLE.reduce((text, [pattern, name]) => text.replace(pattern, name), short).trim();
}

/** Decimal text of 64 bits that errors of the same kind share: their type and normalized message. */
export function fingerprint(type: string, message: string): string {
  return hash('sha1', `${type}\n${normalizeMessage(message)}`, 'buffer')
    .readBigUInt64BE()
    .toString();
}
