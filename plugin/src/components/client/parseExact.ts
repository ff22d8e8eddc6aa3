/** The text that a number was written as; newer browsers tell it. */
interface WithSource {
  source?: string;
}

/**
 * Parses JSON without losing digits: a number that JavaScript would change (an id of 21 digits, 1.10) stays the text
 * that it was. Older browsers round it.
 * @throws SyntaxError where the text is no JSON
 */
export function parseExact(text: string): unknown {
  const revive = (_name: string, value: unknown, context?: WithSource) =>
    typeof value === 'number' && context?.source !== undefined && String(value) !== context.source
      ? context.source
      : value;
  return text === '' ? undefined : JSON.parse(text, revive);
}
