import type { z } from 'zod';
import { problems } from '../errors.js';
import type { Body } from '../http/body.js';
import { decode } from '../http/utf8.js';
import { closingQuote, parseJson, stringifyJson } from '../model/json.js';
import { lostFields } from '../model/lost-fields.js';
import type { RejectedItem } from '../model/answer.js';
import { assertNotTooDeep } from './depth.js';

/** All are checked before the first is taken: nothing else is served meanwhile. */
const MAX_ITEMS = 100_000;
/** Objects and lists in a body: each takes twenty times its two bytes. */
const MAX_VALUES = 5_000_000;

/** One item of a body, or why it is none. */
export type Parsed = { index: number; value: unknown } | { index: number; message: string };

/**
 * Takes a body of one JSON object, of several one behind the other (NDJSON, or printed over several lines), or an array
 * apart. An item of which a field would be lost is none.
 * @throws Coded 400 where it is none of them or nested too deeply, 413 where they are too many
 */
export function parseItems(body: Body): Parsed[] {
  const { text, isWhole } = decode(body);
  const items = itemsOf(text.trim());
  return isWhole ? items : items.map(unlessMangled);
}

/** Of a body that is not all UTF-8, an item in which that shows is none. */
function unlessMangled(item: Parsed): Parsed {
  return 'value' in item && stringifyJson(item.value).includes('\ufffd')
    ? { index: item.index, message: 'expected UTF-8: bytes that are none stand here' }
    : item;
}

function itemsOf(text: string): Parsed[] {
  if (text === '') {
    return [];
  }
  assertReadable(text);
  if (text.startsWith('[')) {
    const lost = lostFields(text);
    return assertFew(parseArray(text)).map((value, index) => whole(value, index, lost.get(index)));
  }
  if (!text.startsWith('{')) {
    throw problems.notJson(
      `Expected a JSON object, an array of objects, or NDJSON; the body begins with ${JSON.stringify(text.slice(0, 20))}.`
    );
  }
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const byLine = tryParse(lines[0] ?? '') === undefined ? undefined : assertFew(lines).map(tryParse);
  if (byLine && !byLine.includes(undefined)) {
    return toItems(lines, byLine);
  }
  // Either objects printed over several lines, or files one behind the other; or NDJSON with a broken line.
  const objects = splitObjects(text);
  const values = objects.map(tryParse);
  const isBroken = (value: unknown) => value === undefined;
  return (byLine ? values.some(isBroken) : values.every(isBroken))
    ? toItems(assertFew(lines), byLine ?? lines.map(tryParse))
    : toItems(assertFew(objects), values);
}

function toItems(texts: readonly string[], values: readonly unknown[]): Parsed[] {
  return texts.map((text, index) =>
    values[index] === undefined
      ? { index, message: `expected JSON, got ${JSON.stringify(text.slice(0, 60))}` }
      : whole(values[index], index, lostFields(text).get(0))
  );
}

/** Objects that stand one behind the other, however they are laid out, and what else stands behind them. */
function splitObjects(text: string): string[] {
  const objects: string[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22: // "
        at = closingQuote(text, at);
        break;
      case 0x7b: // {
      case 0x5b: // [
        depth++;
        break;
      case 0x7d: // }
      case 0x5d: // ]
        if (--depth === 0) {
          objects.push(text.slice(start, at + 1));
          start = at + 1;
        }
        break;
    }
  }
  const rest = text.slice(start);
  return rest.trim() === '' ? objects : [...objects, rest];
}

function assertFew<T>(items: T[]): T[] {
  if (items.length > MAX_ITEMS) {
    throw problems.tooMany(items.length, MAX_ITEMS);
  }
  return items;
}

function assertReadable(text: string): void {
  assertNotTooDeep(text);
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((code === 0x7b || code === 0x5b) && ++values > MAX_VALUES) {
      throw problems.tooMany(values, MAX_VALUES);
    }
  }
}

function whole(value: unknown, index: number, message: string | undefined): Parsed {
  return message === undefined ? { index, value } : { index, message };
}

function parseArray(text: string): unknown[] {
  try {
    return parseJson(text) as unknown[];
  } catch (error) {
    throw problems.notJson(
      `The body begins like a JSON array but is none: ${error instanceof Error ? error.message : ''}.`
    );
  }
}

function tryParse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** Checks items against a schema: the good ones, and of each other one where it is wrong and what was expected. */
export function checkItems<T>(
  items: readonly Parsed[],
  schema: z.ZodType<T>
): { good: Array<{ index: number; value: T }>; rejected: RejectedItem[] } {
  const good: Array<{ index: number; value: T }> = [];
  const rejected: RejectedItem[] = [];
  for (const item of items) {
    if ('message' in item) {
      rejected.push({ index: item.index, path: '', message: item.message });
      continue;
    }
    const parsed = schema.safeParse(item.value);
    if (parsed.success) {
      good.push({ index: item.index, value: parsed.data });
    } else {
      rejected.push(...toRejected(parsed.error, item.index));
    }
  }
  return { good, rejected };
}

/** zod's issues as the contract's: index of the item, path inside it, and what was expected. */
export function toRejected(error: z.ZodError, index = 0): RejectedItem[] {
  return error.issues.slice(0, 5).map((issue) => ({ index, path: issue.path.join('.'), message: issue.message }));
}
