import { isUtf8 } from 'node:buffer';
import type { z } from 'zod';
import { lineSchema } from '../../model/line.js';
import { recordSchema } from '../../model/record.js';
import { runEventSchema } from '../../model/run.js';
import { stepEventSchema } from '../../model/step.js';
import { messageOf } from '../errors.js';
import { type CutLine, LineSplitter } from '../lines.js';
import type { ImportFormat } from './formats.js';
import type { ByteSource } from './input.js';
import type { Item, Items, Kind, Place } from './item.js';
import { describeIssues, NO_UTF8 } from './issues.js';

const LONGEST_LINE = 16 * 1024 * 1024;
const SCHEMAS: Record<Kind, z.ZodType> = {
  runs: runEventSchema,
  lines: lineSchema,
  records: recordSchema,
  steps: stepEventSchema,
};

/** Native objects, one a line. They are checked here but sent as they stand: no number loses a digit. */
export const ndjson: ImportFormat = {
  name: 'ndjson',
  async prepare({ kind }) {
    return (source) => readNdjson(source, kind);
  },
};

async function* readNdjson(source: ByteSource, kind: Kind): Items {
  const splitter = new LineSplitter(LONGEST_LINE);
  let line = 0;
  const toItems = (cut: CutLine): Item[] => {
    line += cut.continued ? 0 : 1;
    return readLine(cut, kind, { file: source.name, line });
  };
  for await (const chunk of source.bytes()) {
    yield [...splitter.push(chunk)].flatMap(toItems);
  }
  yield [...splitter.end()].flatMap(toItems);
}

function readLine({ bytes, continued }: CutLine, kind: Kind, place: Place): Item[] {
  const json = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim();
  if (json === '') {
    return [];
  }
  if (continued) {
    return [{ place, problem: `expected at most ${LONGEST_LINE} bytes in a line` }];
  }
  if (!isUtf8(bytes)) {
    return [{ place, problem: NO_UTF8 }];
  }
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return [{ place, problem: `expected one JSON object: ${messageOf(error)}` }];
  }
  const parsed = SCHEMAS[kind].safeParse(value);
  return [parsed.success ? { kind, json, place } : { place, problem: describeIssues(parsed.error) }];
}
