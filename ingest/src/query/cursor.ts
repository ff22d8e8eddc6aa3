import { problems } from '../errors.js';

/** A page's end as opaque text. It holds the sort key and the bound of the first page, so inserts never shift a page. */
export function encodeCursor(position: Record<string, string | number>): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

const FITS = {
  string: (value: unknown) => typeof value === 'string',
  /** A whole number, as ClickHouse's integers are. */
  number: (value: unknown) => Number.isSafeInteger(value),
  /** A whole number of 64 bits as text: a `seq` may be one of nanoseconds, which no number of JavaScript holds. */
  integer: (value: unknown) =>
    typeof value === 'string' && /^-?\d{1,19}$/.test(value) && BigInt.asIntN(64, BigInt(value)) === BigInt(value),
  /** An unsigned one. */
  digits: (value: unknown) =>
    typeof value === 'string' && /^\d{1,20}$/.test(value) && BigInt(value) <= 0xffff_ffff_ffff_ffffn,
};

/** @throws Coded 400 for text that is no cursor of this kind */
export function decodeCursor<S extends Readonly<Record<string, keyof typeof FITS>>>(
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
    Object.entries(shape).every(([name, type]) => FITS[type]((position as Record<string, unknown>)[name]));
  if (!fits) {
    throw problems.badRequest(
      'cursor: this is no cursor of this list. Take the one that the last page gave as "next".'
    );
  }
  return position as { [K in keyof S]: S[K] extends 'number' ? number : string };
}
