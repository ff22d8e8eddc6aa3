import { z } from '@hono/zod-openapi';
import { LEVELS, parseTime, type JsonObject, type Level } from '../model/common.js';
import { ExactNumber, stringifyJson, toWritten } from '../model/json.js';
import type { PreparedLine } from '../model/line.js';

/** Lines of files are told by it from those that others sent to the same run. */
export const WORKATO_STREAM = 'workato';

export const lineSchema = z.looseObject({
  recipe_line_number: z.unknown().optional(),
  adapter_name: z.unknown().optional(),
  adapter_operation: z.unknown().optional(),
  input: z.unknown().optional(),
  output: z.unknown().optional(),
  mask_data: z.unknown().optional(),
});
type FileLine = z.output<typeof lineSchema>;

/**
 * An executed line of a recipe. Its fields are all that the file says of it, but for input and output, which have places
 * of their own; where its data is masked, these two are never kept.
 * @param n where in the file it stands, from 0
 * @param startedAt when its run began, epoch milliseconds: lines say no time
 */
export function toLine(
  line: FileLine,
  n: number,
  job: string,
  run: string,
  startedAt: number | undefined
): PreparedLine {
  const { input, output, ...said } = line;
  const masked = isMasked(line.mask_data);
  const { shown, hidden } = dataOf({ input, output }, masked);
  const error = errorText(line['error']);
  const time = parseTime(String(line['time'] ?? '')) ?? startedAt;
  return {
    job,
    run,
    seq: n,
    stream: WORKATO_STREAM,
    step: textOf(line.recipe_line_number) ?? '',
    operation: textOf(line.adapter_operation) ?? '',
    level: levelOf(line['level']) ?? (error === undefined ? 'info' : 'error'),
    message: sound(line['message']) ?? messageOf(line, n, error),
    ...(time === undefined ? {} : { time }),
    ...shown,
    masked,
    fields: stringifyJson({ ...(masked || masksInside(said) ? hideInside(said, masked) : said), ...hidden }),
  };
}

const isValue = (value: unknown) => value !== undefined && value !== null;

/** What is shown, as JSON; and what is null, or kept from being seen: that it was there. */
function dataOf(data: Record<'input' | 'output', unknown>, masked: boolean) {
  const given = Object.entries(data).filter(([, value]) => value !== undefined);
  const isShown = ([, value]: [string, unknown]) => value !== null && !masked;
  return {
    shown: Object.fromEntries(given.filter(isShown).map(([name, value]) => [name, stringifyJson(value)])),
    hidden: Object.fromEntries(given.filter((entry) => !isShown(entry)).map(([name]) => [name, null])),
  };
}

const masksInside = (said: JsonObject) =>
  Object.values(said).some((value) => isObject(value) && stringifyJson(value).includes('"mask_data"'));

/** Lines inside a line, under whatever name, are hidden with it, or on their own. */
function hideInside(said: JsonObject, masked: boolean): JsonObject {
  return Object.fromEntries(Object.entries(said).map(([name, value]) => [name, hideIn(value, masked)]));
}

function hideIn(value: unknown, masked: boolean): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => hideIn(item, masked));
  }
  if (!isObject(value)) {
    return value;
  }
  const isHidden = masked || isMasked(value['mask_data']);
  const inside = hideInside(value, isHidden);
  return isHidden
    ? { ...inside, ...('input' in value ? { input: null } : {}), ...('output' in value ? { output: null } : {}) }
    : inside;
}

/** Anything but a clear no hides the data. */
function isMasked(value: unknown): boolean {
  return !(value === undefined || value === null || value === false || /^(false|no|0|)$/i.test(String(value)));
}

function levelOf(value: unknown): Level | undefined {
  return LEVELS.find((level) => level === value);
}

function messageOf({ adapter_name, adapter_operation }: FileLine, n: number, error: string | undefined): string {
  const what = [adapter_name, adapter_operation].map(textOf).filter(Boolean).join(' ') || `line ${n}`;
  return error === undefined ? what : `${what}: ${error}`;
}

function textOf(value: unknown): string | undefined {
  const written = toWritten(value);
  return !isValue(written) || written === '' ? undefined : (sound(written) ?? stringifyJson(written));
}

/** What an error says in words; a no, or an empty object, is none. */
export function errorText(error: unknown): string | undefined {
  if (error === false || (isObject(error) && Object.keys(error).length === 0)) {
    return undefined;
  }
  return (isObject(error) ? sound(error['message']) : undefined) ?? textOf(error);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !(value instanceof ExactNumber);

/** Text that can stand in a column: half a surrogate pair, which JSON can say, is no UTF-8. `fields` keeps it as it was. */
function sound(text: unknown): string | undefined {
  return typeof text === 'string' ? text.toWellFormed() : undefined;
}
