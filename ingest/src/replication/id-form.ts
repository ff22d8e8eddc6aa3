import { createHash } from 'node:crypto';

/** A number of up to 21 digits, as Workato's ids are. A longer one, or one that only looks like it (`007`), is text. */
export const ID_NUMBER = /^(0|[1-9]\d{0,20})$/;

/**
 * An id as a part of an object's name. A number stays as it is. Of any other id, letters and digits of ASCII stay, and
 * every other byte of its UTF-8 becomes `_` and two hexadecimal digits; one of digits alone has its first digit written
 * so. No two ids share a form, and none holds a `/`, `.` or `-`.
 * @example encodeId('nightly/export') === 'nightly_2fexport'
 */
export function encodeId(id: string): string {
  if (ID_NUMBER.test(id)) {
    return id;
  }
  const form = [...Buffer.from(id, 'utf8')]
    .map((byte) => (isPlain(byte) ? String.fromCharCode(byte) : escaped(byte)))
    .join('');
  return /^\d+$/.test(form) ? escaped(form.charCodeAt(0)) + form.slice(1) : form;
}

/** The id that {@link encodeId} was given; undefined where the text is no form of an id, or only stands for one. */
export function decodeId(form: string): string | undefined {
  const parts = form.match(/_[0-9a-f]{2}|[A-Za-z0-9]/g) ?? [];
  const bytes = parts.map((part) => (part.length === 1 ? part.charCodeAt(0) : Number.parseInt(part.slice(1), 16)));
  const id = Buffer.from(bytes).toString('utf8');
  return form !== '' && encodeId(id) === form ? id : undefined;
}

/** What stands for an id whose form is too long for any object's name: it can't be read back, and is no other's. */
export function shortForm(id: string): string {
  return `__${createHash('sha256').update(id).digest('hex')}`;
}

const escaped = (byte: number) => `_${byte.toString(16).padStart(2, '0')}`;
const isPlain = (byte: number) =>
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
