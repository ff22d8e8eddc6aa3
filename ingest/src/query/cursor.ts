import { problems } from '../errors.js';

/** A page's end as opaque text. It holds the sort key and the bound of the first page, so inserts never shift a page. */
export function encodeCursor(position: Record<string, string | number>): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws Coded 400 for text that is no cursor of this kind */
export function decodeCursor<S extends Readonly<Record<string, 'string' | 'number'>>>(
  text: string,
  shape: S
): { [K in keyof S]: S[K] extends 'number' ? number : string } {
  let position: unknown;
  try {
    position = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    position = undefined;
  }
  const fits =
    typeof position === 'object' &&
    position !== null &&
    Object.entries(shape).every(([name, type]) => typeof (position as Record<string, unknown>)[name] === type);
  if (!fits) {
    throw problems.badRequest(
      'cursor: this is no cursor of this list. Take the one that the last page gave as "next".'
    );
  }
  return position as { [K in keyof S]: S[K] extends 'number' ? number : string };
}
