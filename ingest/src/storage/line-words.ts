import { holdsWords, join, p, raw, sql, type Sql } from './sql.js';

/** What the index `words` of the table `lines` is made of. */
const LETTERS = raw("translate(lower(message), '0123456789', '          ')");
/** The index is asked for letters in a row, wherever they stand in a word; shorter ones stand in too many. */
const LOOKED_UP = /[a-z]{4,}/gi;
const MAX_LOOKED_UP = 8;

/**
 * Whether a line's message holds these words, in capitals or not. What of them the index knows is looked up there first:
 * 100 times less CPU than reading all messages.
 */
export function messageHolds(words: string): Sql {
  const found = new Set((words.match(LOOKED_UP) ?? []).map((letters) => letters.toLowerCase()));
  const lookedUp = [...found]
    .slice(0, MAX_LOOKED_UP)
    .map((letters) => sql`${LETTERS} LIKE ${p.string(`%${letters}%`)}`);
  const isWhole = found.has(words.toLowerCase());
  return join(isWhole ? lookedUp : [...lookedUp, holdsWords(raw('message'), words)], ' AND ');
}
