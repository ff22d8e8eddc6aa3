import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { get } from 'node:http';
import { ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEngine, type Engine } from './supervisor.js';

/** What Joblens uses of a ClickHouse: CLICKHOUSE_URL runs the same against a real server. */
const server = process.env['CLICKHOUSE_URL'];
const data = mkdtempSync(join(tmpdir(), 'engine-'));
let engine: Engine | undefined;
let url: string;
let client: ClickHouseClient;

beforeAll(async () => {
  engine = server ? undefined : await startEngine(data, pino({ level: 'silent' }));
  url = server ?? engine?.url ?? '';
  client = createClient({ url, log: { level: ClickHouseLogLevel.OFF } });
  await client.command({ query: 'CREATE DATABASE IF NOT EXISTS joblens_smoke' });
});
afterAll(async () => {
  await client.command({ query: 'DROP DATABASE IF EXISTS joblens_smoke' });
  await client.close();
  await engine?.stop();
  rmSync(data, { recursive: true, force: true });
});

const one = async (query: string, more: object = {}) =>
  (await (await client.query({ query, format: 'JSONEachRow', ...more })).json<Record<string, unknown>>())[0];

describe('ClickHouse over HTTP', () => {
  test('takes lists that are too long for an address', async () => {
    const many = Array.from({ length: 5000 }, (_, i) => `it's "${i}" \\ \n`);
    const answer = await client.query({
      query:
        'SELECT toString(length({many:Array(String)})) AS n, {many:Array(String)}[5000] AS last, {one:UInt8} AS one',
      query_params: { many, one: 1 },
      format: 'JSONEachRow',
      use_multipart_params_auto: true,
    });
    expect(await answer.json()).toEqual([{ n: '5000', last: many[4999], one: 1 }]);
  });

  test('answers a ping', async () => {
    expect(await client.ping()).toEqual({ success: true });
  });

  test('binds parameters of every type that Joblens uses, hostile values too', async () => {
    const text = "it's \\ \n\t ' \" {x:String} 🦉 -- ;";
    const query = 'SELECT {s:String} AS s, {a:Array(String)} AS a, {i:Int64} AS i, {f:Float64} AS f, {u:UUID} AS u';
    const uuid = '6c869859-8635-8fad-a809-2fe9ef7a0ee7';
    expect(await one(query, { query_params: { s: text, a: [text, ''], i: -5, f: 0.5, u: uuid } })).toEqual({
      s: text,
      a: [text, ''],
      i: -5,
      f: 0.5,
      u: uuid,
    });
  });

  test('a setting ends with its statement, also one that failed', async () => {
    const setting = "SELECT getSetting('max_block_size') AS value";
    const before = await one(setting);
    expect(await one(setting, { clickhouse_settings: { max_block_size: '7' } })).toEqual({ value: 7 });
    await expect(one('SELECT throwIf(1)', { clickhouse_settings: { max_block_size: '7' } })).rejects.toThrow();
    for (let i = 0; i < 8; i++) {
      expect(await one(setting)).toEqual(before);
    }
  });

  test.skipIf(server)('what is stored makes way for what is asked, and both for the service', async () => {
    const nice = "getSetting('os_threads_nice_value_query') AS nice";
    await client.command({ query: `CREATE TABLE joblens_smoke.nice ENGINE = Memory AS SELECT ${nice}` });
    expect(await one('SELECT nice FROM joblens_smoke.nice')).toEqual({ nice: 6 });
    expect(await one(`SELECT ${nice}`)).toEqual({ nice: 2 });
    const merging = "SELECT value FROM system.server_settings WHERE name = 'os_threads_nice_value_merge_mutate'";
    expect(await one(merging)).toEqual({ value: '6' });
  });

  test('what stood on a connection is not carried along: thousands of parameters would slow down every later statement', async () => {
    const names = Array.from({ length: 1500 }, (_, i) => `many${i}`);
    const query_params = Object.fromEntries(names.map((name) => [name, 'x'.repeat(100)]));
    await one('SELECT {many0:String} AS x', { query_params });
    await one("SELECT {big:String} = '' AS isEmpty", { query_params: { big: 'x'.repeat(10_000) } });
    await one('SELECT 1 AS x');
    await expect(one('SELECT {many0:String} AS x')).rejects.toThrow(/many0/);
    if (!server) {
      expect(await one('SELECT {big:String} AS x')).toEqual({ x: '' });
    }
  });

  test('an insert under a token happens once, and the token does not stay', async () => {
    await client.command({
      query:
        'CREATE TABLE joblens_smoke.t (x UInt32) ENGINE = MergeTree ORDER BY x SETTINGS non_replicated_deduplication_window = 100',
    });
    const insert = (x: number, token: string) =>
      client.insert({
        table: 'joblens_smoke.t',
        values: [{ x }],
        format: 'JSONEachRow',
        clickhouse_settings: { insert_deduplication_token: token, async_insert: 0 },
      });
    await insert(1, 'a');
    await insert(1, 'a');
    await insert(2, 'b');
    await client.insert({ table: 'joblens_smoke.t', values: [{ x: 3 }], format: 'JSONEachRow' });
    expect(await one('SELECT count() AS n, sum(x) AS s FROM joblens_smoke.t')).toEqual({ n: 3, s: 6 });
  });

  test('input() brings rows with an INSERT SELECT', async () => {
    await client.command({
      query: 'CREATE TABLE joblens_smoke.l (row UInt64, line String) ENGINE = MergeTree ORDER BY row',
    });
    const query =
      "INSERT INTO joblens_smoke.l SELECT rowNumberInAllBlocks(), line FROM input('line String') FORMAT LineAsString";
    const { stream } = await client.exec({ query, values: Readable.from(['{"a":1}\n', "it's\r\n\n"]) });
    stream.resume();
    await new Promise((resolve) => stream.once('close', resolve));
    const rows = await (
      await client.query({ query: 'SELECT line FROM joblens_smoke.l ORDER BY row', format: 'JSONEachRow' })
    ).json<{ line: string }>();
    expect(rows.map((row) => row.line)).toEqual(['{"a":1}', "it's\r", '']);
  });

  test('errors say their code and type', async () => {
    await expect(one('SELECT * FROM joblens_smoke.nowhere')).rejects.toMatchObject({
      code: '60',
      type: 'UNKNOWN_TABLE',
    });
    await expect(one('SELEC 1')).rejects.toMatchObject({ code: '62', type: 'SYNTAX_ERROR' });
    await expect(one('SELECT 1', { clickhouse_settings: { no_such_setting: 1 } })).rejects.toMatchObject({
      code: '115',
    });
    await expect(one('SELECT {missing:String}')).rejects.toMatchObject({ code: '456' });
  });

  test('a statement stops at its limits of time and memory, and others go on', async () => {
    const slow = one('SELECT count() FROM numbers(1e12) WHERE NOT ignore(sipHash64(number))', {
      clickhouse_settings: { max_execution_time: 1 },
    });
    const big = one('SELECT groupArray(number) FROM numbers(1e9)', {
      clickhouse_settings: { max_memory_usage: '50000000' },
    });
    const limits = Promise.all([
      expect(slow).rejects.toMatchObject({ code: '159' }),
      expect(big).rejects.toMatchObject({ code: '241' }),
    ]);
    expect(await one('SELECT 1 AS x')).toEqual({ x: 1 });
    await limits;
  });

  test('KILL QUERY ends a statement by the id that its client gave', async () => {
    const running = one('SELECT count() FROM numbers(1e12) WHERE NOT ignore(sipHash64(number))', {
      query_id: 'kill-me',
      clickhouse_settings: { max_execution_time: 30 },
    });
    const ended = expect(running).rejects.toMatchObject({ code: '394' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    await client.command({ query: "KILL QUERY WHERE query_id = 'kill-me' ASYNC" });
    await ended;
  });

  test('a client that goes away takes its statement along', async () => {
    const away = new AbortController();
    const running = client.query({
      query: 'SELECT count() FROM numbers(1e12) WHERE NOT ignore(sipHash64(number), 77)',
      abort_signal: away.signal,
      clickhouse_settings: { cancel_http_readonly_queries_on_client_close: 1 },
    });
    const ended = expect(running).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 500));
    away.abort();
    await ended;
    await expect
      .poll(
        async () =>
          (
            await one(
              "SELECT count() AS n FROM system.processes WHERE query LIKE '%, 77)' AND query NOT LIKE '%system.processes%'"
            )
          )?.['n'],
        { timeout: 5000 }
      )
      .toBe(0);
  });

  test('compressed answers, and the headers that clients read', async () => {
    const { hostname, port, username, password } = new URL(url);
    const path = `/?enable_http_compression=1&query=${encodeURIComponent("SELECT repeat('x', 1000) FORMAT TSV")}`;
    const { headers, body } = await new Promise<{ headers: NodeJS.Dict<string | string[]>; body: Buffer }>((resolve) =>
      get(
        { hostname, port, path, auth: `${username}:${password}`, headers: { 'accept-encoding': 'gzip' } },
        (response) => {
          const chunks: Buffer[] = [];
          response
            .on('data', (chunk: Buffer) => chunks.push(chunk))
            .on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
        }
      )
    );
    expect(headers).toMatchObject({
      'content-encoding': 'gzip',
      'x-clickhouse-format': expect.stringMatching(/^T(SV|abSeparated)$/),
      'x-clickhouse-query-id': expect.any(String),
    });
    expect(gunzipSync(body).toString()).toBe(`${'x'.repeat(1000)}\n`);
  });

  test('a wrong password is refused', async () => {
    const stranger = createClient({ url: url.replace(/:[^:@/]*@/, ':wrong@'), log: { level: ClickHouseLogLevel.OFF } });
    expect((await stranger.ping({ select: true })).success).toBe(false);
    await stranger.close();
  });
});

describe.runIf(!server)('the embedded engine', () => {
  test('comes back by itself, with what it had, within seconds', async () => {
    const pid = engine?.pid() ?? 0;
    process.kill(pid, 'SIGKILL');
    const died = Date.now();
    await expect
      .poll(async () => (await client.ping()).success && engine?.pid() !== pid, { timeout: 10_000 })
      .toBe(true);
    expect(Date.now() - died).toBeLessThan(5000);
    expect(await one('SELECT count() AS n FROM joblens_smoke.t')).toEqual({ n: 3 });
  });

  test('that answers nothing any more is ended, and comes back', async () => {
    const pid = engine?.pid() ?? 0;
    process.kill(pid, 'SIGSTOP');
    await expect.poll(() => engine?.pid(), { timeout: 60_000 }).not.toBe(pid);
    await expect.poll(async () => (await client.ping()).success, { timeout: 30_000 }).toBe(true);
    expect(await one('SELECT count() AS n FROM joblens_smoke.t')).toEqual({ n: 3 });
  });
});
