import { z } from '@hono/zod-openapi';
import { problems } from '../errors.js';
import type { Inflight } from '../http/body.js';
import type { AppContext, Services } from '../http/context.js';
import { nameSchema, type JsonObject } from '../model/common.js';
import { toForeignEvent } from '../model/event.js';
import type { RunEventInput } from '../model/run.js';
import { checkItems, parseItems, type Parsed } from './items.js';
import { eventsWriting } from './native/runs.js';
import { write } from './write.js';

/** A wire format of another system, taken at `POST /v1/receive/{name}`: one file, and one line in `index.ts`. */
export interface Receiver {
  name: string;
  summary: string;
  /** One item of a body, for the OpenAPI document. */
  schema: z.ZodType;
  /** What the query string can say beside `wait`. */
  query: z.ZodObject;
  receive(services: Services, inflight: Inflight): (c: AppContext) => Promise<Response>;
}

/** A run event whose job and run are known. */
export type NamedRun = RunEventInput & {
  run: string;
  /** What only the sender's own form has a place for, by the format's name. */
  original?: JsonObject | undefined;
};

interface EventFormat<T> {
  name: string;
  summary: string;
  schema: z.ZodType<T>;
  /** The field that names a job's kind, and so its job. */
  kind: keyof T & string;
  /** The items inside a list, where that system's API answers lists; undefined for what is no list. */
  listed?(value: unknown): unknown[] | undefined;
  toRun(item: T): NamedRun;
}

/** A receiver for a format whose every item becomes one run event: an object, an array, NDJSON, or that system's lists. */
export function eventReceiver<T>({ name, summary, schema, kind, listed, toRun }: EventFormat<T>): Receiver {
  return {
    name,
    summary,
    schema,
    query: z.object({ job: z.string().optional().describe('the job that these runs belong to, instead of the usual') }),
    receive: (services, inflight) => (c) =>
      write(c, services, inflight, (body) => {
        const job = jobFrom(c);
        const items = parseItems(body);
        const { good, rejected } = checkItems(listed ? items.flatMap((item) => unlist(item, listed)) : items, schema);
        const now = Date.now();
        const runs = good.flatMap(({ value, index }): NamedRun[] => {
          const run = toRun(value);
          const named = nameSchema.safeParse(job ?? run.job);
          if (!named.success) {
            rejected.push({ index, path: kind, message: `names its job: ${named.error.issues[0]?.message ?? ''}` });
            return [];
          }
          return [{ ...run, job: named.data }];
        });
        const events = runs.map(({ original, ...run }) => toForeignEvent(run, run.run, now, original));
        return eventsWriting(
          events,
          { accepted: events.length, rejected, ids: events.map((event) => event.run) },
          `${name} items`
        );
      }),
  };
}

function jobFrom(c: AppContext): string | undefined {
  const given = c.req.query('job');
  const job = nameSchema.optional().safeParse(given);
  if (!job.success) {
    throw problems.badRequest(`job: ${job.error.issues[0]?.message ?? 'not a name'}.`);
  }
  return job.data;
}

/** Items of a list count from 0 within it. */
function unlist(item: Parsed, listed: (value: unknown) => unknown[] | undefined): Parsed[] {
  const inside = 'value' in item ? listed(item.value) : undefined;
  return inside?.map((value, index) => ({ index, value })) ?? [item];
}
