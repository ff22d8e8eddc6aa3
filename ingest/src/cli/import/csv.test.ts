import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { csv } from './csv.js';
import { openSource } from './input.js';
import { isBad, type BadItem } from './item.js';

const SAMPLES = resolve(import.meta.dirname, '../../../../test/samples');
const MAPPING = `
fields:
  job: "{name}"
  run: "{id}-{occurrence}"
  status: { from: "{state}", map: { OK: succeeded, "FAIL*": failed } }
  started_at: { from: "{start}", time: "yyyy-MM-dd HH:mm", zone: Europe/Berlin }
  title: "run {{{id}}} of {name}"
  attempt: "{try}"
  counts: { data: { success: "{rows}" } }
  type: batch
ignore: [secret]
`;

async function read(content: string | Buffer, mapping = MAPPING, name = 'in.csv') {
  const dir = mkdtempSync(join(tmpdir(), 'joblens-csv-'));
  writeFileSync(join(dir, 'mapping.yaml'), mapping);
  writeFileSync(join(dir, name), content);
  return readFile(join(dir, name), join(dir, 'mapping.yaml'));
}

async function readFile(file: string, mapping: string) {
  const start = await csv.prepare({ mapping, kind: 'runs' });
  const events: Array<Record<string, unknown>> = [];
  const bad: BadItem[] = [];
  for await (const items of start(await openSource(file))) {
    items.forEach((item) => (isBad(item) ? bad.push(item) : events.push(JSON.parse(item.json))));
  }
  return { events, bad: bad.map(({ place, problem }) => `${place.line}: ${problem}`) };
}

const HEADER = 'id,name,state,start,try,rows,note,secret\n';

describe('import --format csv', () => {
  it('maps columns to fields and keeps the others in metadata', async () => {
    const { events, bad } = await read(`${HEADER}7,backup,OK,2026-07-01 12:00,2,350,"a ""note"", kept",hidden\n`);
    expect(bad).toEqual([]);
    expect(events).toEqual([
      {
        job: 'backup',
        run: '7-1',
        status: 'succeeded',
        status_text: 'OK',
        started_at: '2026-07-01T10:00:00.000Z',
        title: 'run {7} of backup',
        attempt: 2,
        counts: { data: { success: 350 } },
        type: 'batch',
        metadata: { note: 'a "note", kept' },
      },
    ]);
  });

  it('leaves out fields whose columns are empty', async () => {
    const { events } = await read(`${HEADER}7,backup,,,,,,\n`);
    expect(events).toEqual([{ job: 'backup', run: '7-1', title: 'run {7} of backup', type: 'batch', metadata: {} }]);
  });

  it('numbers rows that are otherwise equal, in the order of the file', async () => {
    const { events } = await read(`${HEADER}7,a,,,,,x,\n7,b,,,,,x,\n7,a,,,,,y,\n7,a,,,,,x,\n`);
    expect(events.map((event) => `${event['job']} ${event['run']}`)).toEqual(['a 7-1', 'b 7-1', 'a 7-2', 'a 7-3']);
  });

  it('keeps the word of a status that nobody mapped', async () => {
    const { events } = await read(`${HEADER}7,a,Odd,,,,,\n8,a,failed by 3,,,,,\n`);
    expect(events.map((event) => [event['status'], event['status_text']])).toEqual([
      ['unknown', 'Odd'],
      ['failed', 'failed by 3'],
    ]);
  });

  it('names line, column and what was expected of every bad row, and reads on', async () => {
    const { events, bad } = await read(
      `${HEADER}1,a,,yesterday,,,,\n2,a,,,many,,,\n3,a\n4,a,,,,,"two\nlines",\n,,,,,,,\n5,a"b,,,,,,\n\n6,a,,,,,,\n7,,,,,,,\n`
    );
    expect(events.map((event) => event['run'])).toEqual(['4-1', '6-1']);
    expect(bad).toEqual([
      '2: column start: expected a time written as yyyy-MM-dd HH:mm, got "yesterday"',
      '3: column try: expected a whole number, got "many"',
      '4: expected 8 columns, got 2',
      '7: column name: expected a value for job, got ""',
      expect.stringMatching(/^8: .*[Qq]uote/),
      '11: column name: expected a value for job, got ""',
    ]);
  });

  it('reads gzip, a byte-order mark and Windows line ends', async () => {
    const { events } = await read(gzipSync(`\uFEFF${HEADER.trim()}\r\n7,a,OK,,,,,\r\n`), MAPPING, 'in.csv.gz');
    expect(events.map((event) => event['status'])).toEqual(['succeeded']);
  });

  it('names rows that are no UTF-8', async () => {
    const { events, bad } = await read(Buffer.from(`${HEADER}1,caf\u00e9,,,,,,\n2,a,,,,,,\n`, 'latin1'));
    expect(events.map((event) => event['run'])).toEqual(['2-1']);
    expect(bad).toEqual([expect.stringMatching(/^2: expected UTF-8/)]);
  });

  it('refuses a file of two columns of one name: one would be lost', async () => {
    await expect(read(`${HEADER.trim()},name\n7,a,,,,,,,b\n`)).rejects.toThrow('two columns are called "name"');
  });

  it.each([
    [
      'a column that the file does not have',
      MAPPING.replace('{name}', '{nmae}'),
      /job names the column nmae.*id, name, state/,
    ],
    ['a field that runs do not have', `${MAPPING}\nfeilds: {}`, /feilds/],
    ['a status that there is not', MAPPING.replace('succeeded', 'done'), /fields\.status/],
    ['a zone that there is not', MAPPING.replace('Europe/Berlin', 'Europe/Berln'), /IANA zone/],
    ['a brace that is left open', MAPPING.replace('{id}-', '{id-'), /brace/],
    ['text that is no YAML', 'fields: [', /mapping\.yaml:\d+ is no YAML/],
  ])('refuses a mapping with %s', async (_what, mapping, message) => {
    await expect(read(`${HEADER}7,a,,,,,,\n`, mapping)).rejects.toThrow(message);
  });

  it('makes thirty runs of a Slurm export with array jobs, requeues and equal rows', async () => {
    const { events, bad } = await readFile(join(SAMPLES, 'eagle-like.csv'), join(SAMPLES, 'eagle.mapping.yaml'));
    expect(bad).toEqual([]);
    expect(new Set(events.map((event) => `${event['job']} ${event['run']}`)).size).toBe(30);
    const statuses = events.map((event) => event['status']);
    expect(statuses.filter((status) => status === 'timed_out')).toHaveLength(2);
    expect(statuses.filter((status) => status === 'cancelled')).toHaveLength(1);
    const night = events.find((event) => event['run'] === '700500-2019-11-03 00:30:00-1');
    expect(night).toMatchObject({ started_at: '2019-11-03T06:59:00.000Z', finished_at: '2019-11-03T10:00:00.000Z' });
  });
});
