import { raw, type Sql } from '../storage/sql.js';

/** CSI and OSC sequences, and every other control character but tab and newline, as a regular expression of ClickHouse. */
const FOR_TERMINALS = String.raw`\\x1b\\[[0-?]*[ -/]*[@-~]|\\x1b\\][^\\x07\\x1b]*(\\x07|\\x1b\\\\)|[\\x00-\\x08\\x0b-\\x1f\\x7f]`;

/** What a job printed as tables, legends and alerts can show it: without what only a terminal understands, such as colours. */
export const plain = (text: string): Sql => raw(`replaceRegexpAll(${text}, '${FOR_TERMINALS}', '')`);
