/** No text that somebody sends can hold this by chance or on purpose. */
const MARK = `\u0000${crypto.getRandomValues(new Uint32Array(4)).join('.')}:`;
const MARKED = new RegExp(`"${JSON.stringify(MARK).slice(1, -1).replaceAll('\\', '\\\\')}([^"]*)"`, 'g');
let marking = false;
let marked = false;

/**
 * A number that JavaScript would not write as it was written: one of 21 digits, `1.10`, `1e400`. {@link parseJson}
 * makes it, {@link stringifyJson} writes it as it was.
 */
export class ExactNumber {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }

  /** As a plain `JSON.stringify` has it: the nearest number, or text where that would be far off. */
  toJSON(): number | string {
    if (marking) {
      marked = true;
      return MARK + this.text;
    }
    const number = Number(this.text);
    return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : this.text;
  }
}

/** An answer before {@link stringifyJson} writes it: where it has a number, an exact one may stand. */
export type Unwritten<T> = T extends number
  ? T | ExactNumber
  : T extends object
    ? { [K in keyof T]: Unwritten<T[K]> }
    : T;

/** Where a text may hold such a number: cheap, and wrong only in that it also finds some that are none, in strings. */
const MAY_BE_EXACT = /(?:^|[:[,\s])(?:-0|-?(?:(?=[\d.]{16})\d|0\.0{6}|\d+(?:\.\d*)?[eE]|\d+\.\d*0(?:[,\]}\s]|$)))/;

/**
 * Reads JSON so that {@link stringifyJson} writes every number as it stands there.
 * @throws SyntaxError where it is no JSON
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const marked = MAY_BE_EXACT.test(text) ? markExact(text) : undefined;
  return marked === undefined ? value : unmark(JSON.parse(marked));
}

/** A JSON number from its text. */
export function parseNumber(text: string): number | ExactNumber {
  const number = Number(text);
  return String(number) === text && Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : new ExactNumber(text);
}

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Valid JSON with its exact numbers as marked strings; undefined where it has none. */
function markExact(text: string): string | undefined {
  const pieces: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      at = closingQuote(text, at);
    } else if (code === 0x2d || (code >= 0x30 && code <= 0x39)) {
      NUMBER.lastIndex = at;
      const number = NUMBER.exec(text)?.[0] ?? '';
      if (parseNumber(number) instanceof ExactNumber) {
        pieces.push(text.slice(from, at), JSON.stringify(MARK + number));
        from = at + number.length;
      }
      at += number.length - 1;
    }
  }
  return from === 0 ? undefined : [...pieces, text.slice(from)].join('');
}

/** So many levels ClickHouse reads; JavaScript writes not many more. */
export const DEEPEST = 1000;

/** Whether objects and lists stand in one another in more levels than anything here could read again. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      at = closingQuote(text, at);
    } else if (code === 0x7b || code === 0x5b) {
      if (++depth > DEEPEST) {
        return true;
      }
    } else if (code === 0x7d || code === 0x5d) {
      depth--;
    }
  }
  return false;
}

/** Where the string that begins at `start` ends. */
export function closingQuote(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (text.charCodeAt(before - 1) === 0x5c) {
      before--;
    }
    if ((end - before) % 2 === 0) {
      return end;
    }
  }
  return text.length;
}

/** Makes marked strings the exact numbers that they are, in place. However deep: no recursion. */
function unmark(root: unknown): unknown {
  const open: object[] = [];
  const exact = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null) {
      open.push(value);
    }
    return typeof value === 'string' && value.startsWith(MARK) ? new ExactNumber(value.slice(MARK.length)) : value;
  };
  const result = exact(root);
  for (let object = open.pop(); object; object = open.pop()) {
    const fields = object as Record<string, unknown>;
    for (const name of Object.keys(fields)) {
      const value = fields[name];
      const now = exact(value);
      if (now !== value) {
        fields[name] = now;
      }
    }
  }
  return result;
}

/** JSON with every {@link ExactNumber} as it was written. What JSON can't say (`undefined`) is null. */
export function stringifyJson(value: unknown, indent?: number): string {
  marking = true;
  marked = false;
  try {
    const text = (indent === undefined ? JSON.stringify(value) : JSON.stringify(value, null, indent)) ?? 'null';
    return marked ? text.replaceAll(MARKED, '$1') : text;
  } finally {
    marking = false;
  }
}

/** A number where an exact one stands, for fields that are counted or compared; all else as it is. */
export function toNumber(value: unknown): unknown {
  return value instanceof ExactNumber ? Number(value.text) : value;
}

/** The text of a number where an exact one stands, for fields that are text, such as ids; all else as it is. */
export function toWritten(value: unknown): unknown {
  return value instanceof ExactNumber ? value.text : value;
}
