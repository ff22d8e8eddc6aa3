import { closingQuote } from './json.js';

const QUOTE = 0x22;

/**
 * Which items of a JSON text hold a field that would be lost, and why: of two of the same name `JSON.parse` keeps the last,
 * and the schemas leave out `__proto__`. Neither says anything. An object is item 0, an array has one item per element.
 * @param text JSON, known to be valid
 */
export function lostFields(text: string): Map<number, string> {
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
          const why = reasonToLose(key, keys);
          if (why !== undefined && !found.has(item)) {
            found.set(item, why);
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

function reasonToLose(key: string, before: ReadonlySet<string>): string | undefined {
  if (key === '__proto__') {
    return 'no field can be called "__proto__": give it another name';
  }
  return before.has(key) ? `the field ${JSON.stringify(key)} stands here twice: send it once` : undefined;
}

const unescaped = (quoted: string) => (quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1));
