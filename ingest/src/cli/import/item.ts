/** What a file's objects are; each goes to `/v1/<kind>`. */
export const KINDS = ['runs', 'lines', 'records', 'steps'] as const;
export type Kind = (typeof KINDS)[number];

/** Where in the input something stands, as a person finds it: `jobs.csv:17`. */
export interface Place {
  file: string;
  line: number;
}

/** One object to send, as one line of JSON. */
export interface GoodItem {
  kind: Kind;
  json: string;
  place: Place;
}

/** One that can't be sent, and why. */
export interface BadItem {
  place: Place;
  problem: string;
}

export type Item = GoodItem | BadItem;

export function isBad(item: Item): item is BadItem {
  return 'problem' in item;
}

/** Batch after batch, so that millions of rows cost no promise each. */
export type Items = AsyncIterable<Item[]>;
