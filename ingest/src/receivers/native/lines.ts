import { problems } from '../../errors.js';
import type { AppContext, Services } from '../../http/context.js';
import { asLines, firstByte, type Body, type Inflight, type LineBody } from '../../http/body.js';
import { textOf } from '../../http/utf8.js';
import { nameSchema } from '../../model/common.js';
import { parseJson, stringifyJson } from '../../model/json.js';
import { assertNotTooDeep } from '../depth.js';
import { write, type Writing } from '../write.js';

/** An array has to be read as a whole to be taken apart; NDJSON goes straight through. */
const MAX_ARRAY = 8 * 1024 * 1024;

/** `POST /v1/lines` and `POST /v1/records`: NDJSON straight into the spool, unread; ClickHouse takes it apart. */
export function receiveNdjson(services: Services, inflight: Inflight, kind: 'lines' | 'records') {
  return (c: AppContext) =>
    write(c, services, inflight, (body): Writing => {
      const { chunks, bytes, rows, filled } = asNdjson(body);
      return { parts: [{ kind, chunks, bytes, rows }], answer: { accepted: filled } };
    });
}

function asNdjson(body: Body): LineBody {
  const first = firstByte(body);
  if (first === 0x5b) {
    return asLines(linesOfArray(body));
  }
  if (first !== 0x7b) {
    throw problems.notJson(
      first === undefined
        ? 'The body is empty. Send JSON objects, one a line.'
        : `Expected JSON objects, one a line, or an array of them; the body begins with ${JSON.stringify(String.fromCharCode(first))}. Nothing was stored.`
    );
  }
  return asLines(body);
}

/** Numbers stay as they were written, whatever their length. */
function linesOfArray(body: Body): Body {
  if (body.bytes > MAX_ARRAY) {
    throw problems.tooLarge(MAX_ARRAY);
  }
  const array = textOf(body);
  assertNotTooDeep(array);
  let values: unknown;
  try {
    values = parseJson(array);
  } catch (error) {
    throw problems.notJson(
      `The body begins like a JSON array but is none: ${error instanceof Error ? error.message : ''}. Nothing was stored.`
    );
  }
  const text = Buffer.from((values as unknown[]).map((value) => `${stringifyJson(value)}\n`).join(''));
  return { chunks: [text], bytes: text.length };
}

/** `POST /v1/jobs/{job}/runs/{run}/lines`: raw output, byte for byte. */
export function receiveRaw(
  services: Services,
  inflight: Inflight,
  target: (c: AppContext) => { job: string; run: string }
) {
  return (c: AppContext) =>
    write(c, services, inflight, (body): Writing => {
      const { job, run } = target(c);
      const raw = {
        job: checkName(job, 'job'),
        run: checkName(run, 'run'),
        attempt: whole(c, 'attempt', 1, 1, 65_535),
        stream: c.req.query('stream') ?? '',
        position: whole(c, 'offset', -1, 0, Number.MAX_SAFE_INTEGER),
      };
      const type = c.req.header('content-type') ?? 'text/plain';
      if (!/^(text\/plain|application\/octet-stream|application\/x-www-form-urlencoded)\b/i.test(type)) {
        throw problems.unsupportedType(
          `This call takes raw output as text/plain, not ${type}. JSON lines go to POST /v1/lines.`
        );
      }
      const { chunks, bytes, rows, open } = asLines(body);
      return {
        parts: [{ kind: 'raw', chunks, bytes, rows, raw: { ...raw, open } }],
        answer: { accepted: rows },
        jobs: [raw.job],
      };
    });
}

function checkName(name: string, what: string): string {
  const parsed = nameSchema.safeParse(name);
  if (!parsed.success) {
    throw problems.badRequest(`${what}: ${parsed.error.issues[0]?.message ?? 'not a name'}`, [
      { index: 0, path: what, message: parsed.error.issues[0]?.message ?? '' },
    ]);
  }
  return parsed.data;
}

function whole(c: AppContext, name: string, otherwise: number, min: number, max: number): number {
  const text = c.req.query(name);
  if (text === undefined) {
    return otherwise;
  }
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw problems.badRequest(`${name}: expected a whole number from ${min} to ${max}, got ${JSON.stringify(text)}.`);
  }
  return value;
}
