import { isUtf8 } from 'node:buffer';
import { problems } from '../errors.js';
import type { Body } from './body.js';

/** A body as text, and whether all of it is UTF-8: what is none became U+FFFD. */
export function decode({ chunks }: Pick<Body, 'chunks'>): { text: string; isWhole: boolean } {
  const bytes = Buffer.concat(chunks);
  return { text: bytes.toString('utf8'), isWhole: isUtf8(bytes) };
}

/** @throws Coded 400 where the body is not UTF-8, with the line that is not */
export function textOf(body: Pick<Body, 'chunks'>): string {
  const { text, isWhole } = decode(body);
  if (!isWhole) {
    const line = text.slice(0, text.indexOf('\ufffd')).split('\n').length;
    throw problems.notJson(`Expected JSON in UTF-8: bytes that are none stand in line ${line}. Nothing was stored.`);
  }
  return text;
}
