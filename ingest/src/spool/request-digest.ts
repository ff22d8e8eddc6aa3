import { createHash } from 'node:crypto';

/** What tells a request from any other: how it was called, and its bytes before they were compressed. */
export function digestOf(call: string, chunks: readonly Buffer[]): string {
  const hash = createHash('sha256').update(`${call}\n`);
  chunks.forEach((chunk) => hash.update(chunk));
  return hash.digest('base64url');
}

/** Whether two requests under one Idempotency-Key are the same. Of one from before hashes were kept nobody knows, and it passes. */
export const isSameRequest = (a: string | undefined, b: string | undefined) => !a || !b || a === b;
