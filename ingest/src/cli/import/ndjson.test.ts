import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openSource } from './input.js';
import { isBad, type Item } from './item.js';
import { ndjson } from './ndjson.js';

it('sends good objects as they stand, and says where and why others are bad', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'joblens-ndjson-')), 'in.ndjson');
  const precise = '{"job":"a","run":"1","metadata":{"id":123456789012345678901}}';
  const text = `${precise}\n\nnot json\r\n{"run":"2"}\n{"job":"b","started_at":"soon"}\n`;
  const latin1 = Buffer.from('{"job":"caf\u00e9"}\n', 'latin1');
  writeFileSync(file, Buffer.concat([Buffer.from(text), latin1, Buffer.from('{"job":"c\u2028d"}')]));
  const read = await ndjson.prepare({ kind: 'runs' });
  const items: Item[] = [];
  for await (const some of read(await openSource(file))) {
    items.push(...some);
  }
  expect(items.flatMap((item) => (isBad(item) ? [] : item.json))).toEqual([precise, '{"job":"c\u2028d"}']);
  const bad = items.filter(isBad).map(({ place, problem }) => `${place.line}: ${problem}`);
  expect(bad).toEqual([
    expect.stringMatching(/^3: expected one JSON object/),
    expect.stringMatching(/^4: job: /),
    expect.stringMatching(/^5: started_at: expected an RFC 3339 time/),
    expect.stringMatching(/^6: expected UTF-8/),
  ]);
});
