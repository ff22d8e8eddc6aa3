import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startService, type TestService } from '../support/service.js';

/** What must come back letter by letter. */
const EXACT =
  '{"id":123456789012345678901,"price":1.10,"far":1e400,"small":0.0000001,"zero":-0,"time":"2018-05-21T14:14:41.963964-07:00"}';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

async function send(path: string, body: string): Promise<unknown> {
  const response = await fetch(`${service.url}${path}`, { method: path.includes('/v1/jobs/') ? 'PUT' : 'POST', body });
  expect(response.status).toBe(200);
  return response.json();
}
const textOf = async (path: string) => (await fetch(`${service.url}${path}`)).text();

describe('numbers and time texts come back as they were written', () => {
  test('in a run: source, metadata, unknown fields, data, report, and its steps', async () => {
    const event = `{"job":"exact","run":123456789012345678901,"attempt":1.0,"status":"failed","started_at":1.7633e12,"tags":{"version":1.10},
      "error":{"type":"Odd","message":"x","detail":${EXACT}},"source":${EXACT},"metadata":{"of":${EXACT}},"unheard":${EXACT},"data":${EXACT},
      "report":${EXACT},"steps":[{"step":"a","status":"succeeded","metadata":${EXACT},"rows":1.10}]}`;
    expect(await send('/v1/runs?wait=1', event)).toMatchObject({ accepted: 1, ids: ['123456789012345678901'] });
    const run = await textOf('/v1/run?job=exact&run=123456789012345678901');
    for (const field of ['source', 'data', 'report', 'unheard', 'of', 'detail']) {
      expect(run, field).toContain(`"${field}":${EXACT.slice(0, -1)}`);
    }
    expect(run).toContain('"tags":{"version":"1.10"}');
    expect(await textOf('/v1/run/steps?job=exact&run=123456789012345678901')).toContain('"rows":1.10');
    expect(await textOf('/v1/runs?job=exact')).toContain(`"detail":${EXACT}`);
    const body = JSON.stringify({
      from: 0,
      to: 4e12,
      queries: [{ refId: 'A', question: 'run', job: 'exact', run: '123456789012345678901' }],
    });
    const answer = await (await fetch(`${service.url}/v1/query`, { method: 'POST', body })).text();
    expect(answer).toContain(JSON.stringify(`"data":${EXACT}`).slice(1, -1));
  });

  test('in an array of run events of which only one holds such a number', async () => {
    await send('/v1/runs?wait=1', `[{"job":"array","run":"a"},{"job":"array","run":"b","data":{"n":2.50}}]`);
    expect(await textOf('/v1/run?job=array&run=b')).toContain('"data":{"n":2.50}');
  });

  test.each([
    ['one that ClickHouse can’t read', EXACT],
    ['one that ClickHouse would write anew', '{ "price":1.10, "nested":{"input":[1.0, 2.50]},"text":"a \\"1.10\\" }"}'],
  ])('in input, output and fields of a line: %s', async (_what, value) => {
    const run = `lines of ${value.length}`;
    const line = `{"job":"exact","run":"${run}","seq":0,"message":"m","input":${value},"output": ${value},"fields":${value}}`;
    expect(
      await send('/v1/lines?wait=1', `${line}\n{"job":"exact","run":"${run}","seq":1,"message":"plain"}`)
    ).toMatchObject({
      stored: 2,
      quarantined: 0,
    });
    const lines = await textOf(`/v1/run/lines?job=exact&run=${encodeURIComponent(run)}`);
    const compact = value.replaceAll(/(?<=[{,:\[]) /g, '').replaceAll(/ (?=[}\]]$)/g, '');
    for (const field of ['input', 'output', 'fields']) {
      expect(lines).toContain(`"${field}":${compact}`);
    }
    expect(await textOf('/v1/rejected')).not.toContain(run);
  });

  test('in the seq of a line, which may be one of nanoseconds', async () => {
    const [first, second] = ['1795684956923123457', '9223372036854775807'];
    const line = (seq: string) => `{"job":"exact","run":"nanos","seq":${seq},"level":"error","message":"at ${seq}"}`;
    await send('/v1/lines?wait=1', [line(second), line(first)].join('\n'));
    const lines = await textOf('/v1/run/lines?job=exact&run=nanos');
    expect([...lines.matchAll(/"seq":(\d+)/g)].map(([, seq]) => seq)).toEqual([first, second]);
    expect(await textOf('/v1/run?job=exact&run=nanos')).toContain(`"seq":${first},`);
    const late = await textOf(`/v1/run/lines?job=exact&run=nanos&from_seq=${first.replace(/7$/, '8')}`);
    expect([...late.matchAll(/"seq":(\d+)/g)].map(([, seq]) => seq)).toEqual([second]);
    expect(await textOf('/v1/run/lines?job=exact&run=nanos&from_seq=9223372036854775808')).toContain(
      'from_seq: expected'
    );
    const tail = await fetch(`${service.url}/v1/run/lines/tail?job=exact&run=nanos`);
    const { value } = (await tail.body?.getReader().read()) ?? {};
    expect(Buffer.from(value ?? []).toString()).toContain(`"seq":${second},`);
  });

  test('in the data of a record', async () => {
    const record = (key: string, data: string) =>
      `{"job":"exact","run":"records","phase":"data","outcome":"success","key":"${key}","data":${data}}\n`;
    await send('/v1/records?wait=1', record('a', EXACT) + record('b', '{"price":1.10}'));
    const records = await textOf('/v1/run/records?job=exact&run=records');
    expect(records).toContain(`"data":${EXACT}`);
    expect(records).toContain('"data":{"price":1.10}');
  });

  test("in a job's config", async () => {
    await send('/v1/jobs/exact%20config?wait=1', `{"source":${EXACT},"grace":90.0}`);
    const job = await textOf('/v1/jobs/exact%20config');
    expect(job).toContain(`"source":${EXACT}`);
    expect(job).toContain('"grace":90,');
  });

  test('what is no JSON at all is still set aside, as it came', async () => {
    const broken = '{"job":"exact","run":"broken","message":"m","input":123456789012345678901';
    expect(await send('/v1/lines?wait=1', broken)).toMatchObject({ quarantined: 1 });
    expect(JSON.parse(await textOf('/v1/rejected'))).toMatchObject({
      rejected: [{ line: broken, reason: 'not valid JSON in UTF-8' }],
    });
  });

  test('JSON nested too deeply is refused with words', async () => {
    const deep = `{"job":"deep","run":"r","data":{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`;
    const response = await fetch(`${service.url}/v1/runs`, { method: 'POST', body: deep });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('deep');
  });
});
