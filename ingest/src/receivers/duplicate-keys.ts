import { closingQuote } from '../model/json.js';

const QUOTE = 0x22;

/**
 * Which items of a JSON text name a field twice, and which field: `JSON.parse` keeps the last of the two and says
 * nothing. An object is item 0, an array has one item per element.
 * @param text JSON, known to be valid
 */
export function duplicateKeys(text: string): Map<number, string> {
  const found = new Map<number, string>();
  /** The keys so far of every object that is open here; undefined for an array. */
  const open: Array<Set<string> | undefined> = [];
  let keys: Set<string> | undefined;
  let expectsKey = false;
  let item = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE: {
        const end = closingQuote(text, at);
        if (keys && expectsKey) {
          const key = unescaped(text.slice(at, end + 1));
          if (keys.has(key) && !found.has(item)) {
            found.set(item, key);
          }
          keys.add(key);
          expectsKey = false;
        }
        at = end;
        break;
      }
      case 0x7b: // {
        keys = new Set();
        open.push(keys);
        expectsKey = true;
        break;
      case 0x5b: // [
        keys = undefined;
        open.push(keys);
        break;
      case 0x7d: // }
      case 0x5d: // ]
        open.pop();
        keys = open.at(-1);
        break;
      case 0x2c: // ,
        expectsKey = true;
        item += open.length === 1 && !keys ? 1 : 0;
        break;
    }
  }
  return found;
}

const unescaped = (quoted: string) => (quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1));
