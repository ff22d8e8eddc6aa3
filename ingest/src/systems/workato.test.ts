import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../model/common.js';
import { toRunEvent, type RunEvent } from '../model/event.js';
import { parseJson, stringifyJson } from '../model/json.js';
import { mergeRun } from '../model/merge.js';
import { runEventSchema } from '../model/run.js';
import type { WholeRun } from '../reads/whole.js';
import { readFile } from '../receivers/workato.js';
import { toWorkatoFile, toWorkatoLine } from './workato.js';

const NOW = Date.UTC(2026, 10, 22);

/** The run that events make, as it is read from the store: its detail went through JSON. */
function stored(events: RunEvent[]): WholeRun {
  const [first] = events;
  return parseJson(stringifyJson({ ...mergeRun(events), job: first?.job, run: first?.run })) as WholeRun;
}

/** A file's way in, through the store, and out. */
function roundTrip(text: string): unknown {
  const { event, lines } = readFile(parseJson(text) as JsonObject, '5234', NOW);
  const kept = lines.map(({ input = '', output = '', fields = '', ...line }, n) =>
    toWorkatoLine(
      {
        stream: '',
        step: '',
        operation: '',
        level: '',
        ms: 0,
        ...line,
        input,
        output,
        fields,
        masked: Number(line.masked),
      },
      n
    )
  );
  const { fields, lines: count } = toWorkatoFile(stored([event]));
  expect(count).toBe(kept.length);
  return parseJson(stringifyJson(kept.length > 0 ? { ...fields, lines: kept } : fields));
}

const name = fc.oneof(
  fc.integer({ min: 0 }),
  fc.bigInt({ min: 0n, max: 10n ** 30n }).map((n) => `raw ${n}`),
  fc
    .string({ minLength: 1, maxLength: 20 })
    .filter((s) => /^[^\u0000-\u001f\u007f-\u009f]+$/u.test(s) && s.isWellFormed())
);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const line = fc.record(
  {
    recipe_line_number: fc.jsonValue(),
    adapter_name: fc.jsonValue(),
    adapter_operation: fc.jsonValue(),
    input: fc.jsonValue(),
    output: fc.jsonValue(),
    mask_data: fc.constantFrom(false, null),
    error: fc.jsonValue(),
    level: fc.constantFrom('info', 'odd', 3),
    message: fc.jsonValue(),
    time: fc.constantFrom('2018-05-21T23:14:41.783555+00:00', 'noon', null),
  },
  { requiredKeys: [] }
);
const file = fc.record(
  {
    id: name,
    flow_id: maybe(name),
    parent_id: maybe(name),
    calling_job_id: maybe(name),
    status: fc.constantFrom('completed', 'failed'),
    started_at: fc.constantFrom(
      '2018-05-21T00:00:00Z',
      '2018-05-21T02:00:00.123456+02:00',
      '2018-05-21 00:00',
      1526860800,
      null
    ),
    completed_at: fc.constantFrom('2018-05-21T00:00:10Z', '2018-05-20T00:00:00-07:00', 1526860800000, null),
    error_type: fc.jsonValue(),
    error: fc.jsonValue(),
    title: fc.jsonValue(),
    is_poll_error: fc.jsonValue(),
    report: fc.jsonValue(),
    lines: maybe(fc.array(line, { maxLength: 4 })),
    unheard_of: fc.jsonValue(),
  },
  { requiredKeys: ['id'] }
);
/** Values as JSON, where ids of up to 30 digits are numbers. */
const textOf = (value: unknown) => JSON.stringify(value).replaceAll(/"raw (\d+)"/g, '$1');

describe('a job history file', () => {
  test('goes out as it came in, keys and values', () => {
    fc.assert(
      fc.property(file, (value) => {
        expect(roundTrip(textOf(value))).toEqual(parseJson(textOf(value)));
      }),
      { numRuns: 200 }
    );
  });

  test('keeps numbers and times as they were written', () => {
    const text =
      '{"id":123456789012345678901,"flow_id":234.0,"status":"completed","started_at":"2018-05-21T00:00:00.123456-07:00","report":{"price":1.10,"none":null,"far":1e400},' +
      '"lines":[{"recipe_line_number":0,"input":{"n":1.10},"output":123456789012345678901,"mask_data":false}]}';
    expect(roundTrip(text)).toStrictEqual(parseJson(text));
    expect(stringifyJson(roundTrip(text))).toContain('"output":123456789012345678901');
  });

  test('says what the run says now, once that is something else', () => {
    const { event } = readFile(
      {
        id: 100,
        flow_id: 234,
        status: 'failed',
        error: 'boom',
        started_at: '2018-05-21T02:00:00+02:00',
        report: { a: null, b: 1 },
      },
      '5234',
      NOW
    );
    const corrected = toRunEvent(
      runEventSchema.parse({ job: '234', run: '100', status: 'succeeded', report: { b: 2 } }),
      '100',
      NOW + 1
    );
    expect(toWorkatoFile(stored([event, corrected])).fields).toEqual({
      id: 100,
      flow_id: 234,
      status: 'completed',
      error: null,
      started_at: '2018-05-21T02:00:00+02:00',
      report: { b: 2 },
    });
  });

  test('that is sent again, corrected, replaces the one before', () => {
    const first = readFile(
      { id: 1, flow_id: 2, status: 'failed', error: 'boom', completed_at: '2018-05-21T00:00:10Z', report: { a: 1 } },
      undefined,
      NOW
    );
    const second = readFile(
      { id: 1, flow_id: 2, status: 'completed', error: null, completed_at: '2018-05-21T00:00:05Z', report: { b: 2 } },
      undefined,
      NOW + 5
    );
    for (const events of [
      [first.event, second.event],
      [second.event, first.event, second.event],
    ]) {
      const run = mergeRun(events);
      expect(run).toMatchObject({
        status: 'succeeded',
        error: null,
        message: null,
        finished_at: Date.UTC(2018, 4, 21, 0, 0, 5),
        report: { b: 2 },
      });
      expect(run.report).toEqual({ b: 2 });
    }
  });

  test('of a run that came otherwise has the documented fields', () => {
    const event = toRunEvent(
      runEventSchema.parse({
        job: 'nightly export',
        run: '7',
        status: 'timed_out',
        started_at: '2026-11-22T03:00:00.5Z',
        message: 'took too long',
        parent: { run: '6' },
        report: { rows: 1 },
      }),
      '7',
      NOW
    );
    expect(toWorkatoFile(stored([event])).fields).toEqual({
      id: 7,
      flow_id: 'nightly export',
      parent_id: 6,
      calling_job_id: null,
      status: 'failed',
      started_at: '2026-11-22T03:00:00.500Z',
      completed_at: null,
      error_type: null,
      error: 'took too long',
      title: null,
      is_poll_error: false,
      report: { rows: 1 },
      lines: [],
    });
  });
});

describe('a line', () => {
  const read = (line: JsonObject) =>
    readFile({ id: 1, flow_id: 2, started_at: '2018-05-21T00:00:00Z', lines: [line] }, undefined, NOW).lines[0];

  test.each([true, 'true', 1, 'yes', {}])('whose mask_data is %j keeps neither input nor output', (mask_data) => {
    const kept = read({ adapter_name: 'http', input: { secret: 1 }, output: 'secret', mask_data });
    expect(JSON.stringify(kept)).not.toContain('secret');
    expect(kept).toMatchObject({
      masked: true,
      fields: JSON.stringify({ adapter_name: 'http', mask_data, input: null, output: null }),
    });
  });

  test.each([false, null, 'false', 0, undefined])('whose mask_data is %j keeps them', (mask_data) => {
    expect(read({ input: { a: 1 }, output: [2], mask_data })).toMatchObject({
      masked: false,
      input: '{"a":1}',
      output: '[2]',
    });
  });

  test('says in words what it did, and what went wrong', () => {
    expect(read({ recipe_line_number: 3, adapter_name: 'clock', adapter_operation: 'get_time' })).toMatchObject({
      step: '3',
      operation: 'get_time',
      level: 'info',
      message: 'clock get_time',
      time: Date.UTC(2018, 4, 21),
    });
    expect(read({ adapter_name: 'http', error: 'no route' })).toMatchObject({
      level: 'error',
      message: 'http: no route',
    });
  });

  test('of a run that came otherwise comes back from its file with message, level and time', () => {
    const sent = {
      stream: 'stderr',
      step: 'load',
      operation: '',
      level: 'warn',
      message: 'slow',
      ms: NOW,
      input: '',
      output: '',
      masked: 0,
      fields: '{"n":1.10}',
    };
    const out = toWorkatoLine(sent, 4);
    expect(out).toMatchObject({
      recipe_line_number: 4,
      adapter_name: 'log',
      adapter_operation: 'warn',
      input: {},
      output: {},
      mask_data: false,
    });
    expect(read(out)).toMatchObject({ level: 'warn', message: 'slow', time: NOW });
    expect(toWorkatoLine({ ...sent, masked: 1 }, 0)).toMatchObject({ input: null, output: null, mask_data: true });
  });
});
