export interface Span {
  text: string;
  hit: boolean;
}

/** Splits a text at every occurrence of `needle`, without regard to case. */
export function splitAtHits(text: string, needle: string): Span[] {
  if (needle === '') {
    return [{ text, hit: false }];
  }
  const spans: Span[] = [];
  const haystack = text.toLowerCase();
  const wanted = needle.toLowerCase();
  let from = 0;
  for (let at = haystack.indexOf(wanted); at >= 0; at = haystack.indexOf(wanted, from)) {
    spans.push({ text: text.slice(from, at), hit: false }, { text: text.slice(at, at + wanted.length), hit: true });
    from = at + wanted.length;
  }
  spans.push({ text: text.slice(from), hit: false });
  return spans.filter((span) => span.text !== '');
}
