import { parse } from 'lossless-json';

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

/**
 * Where a text may hold such a number. It is cheap, and wrong only in that it also finds some that are none; a text
 * without any is read by `JSON.parse`, five times as fast.
 */
const MAY_BE_EXACT = /(?:^|[:[,\s])(?:-0|-?(?:(?=[\d.]{16})\d|0\.0{6}|\d+(?:\.\d*)?[eE]|\d+\.\d*0(?:[,\]}\s]|$)))/;

/**
 * Reads JSON so that {@link stringifyJson} writes every number as it stands there.
 * @throws SyntaxError where it is no JSON, or where `unique` is asked for and an object has two values under one key
 */
export function parseJson(text: string, { unique = false } = {}): unknown {
  return unique || MAY_BE_EXACT.test(text)
    ? parse(text, null, unique ? { parseNumber } : { parseNumber, onDuplicateKey: ({ newValue }) => newValue })
    : JSON.parse(text);
}

/** A JSON number from its text. */
export function parseNumber(text: string): number | ExactNumber {
  const number = Number(text);
  return String(number) === text && Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : new ExactNumber(text);
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
