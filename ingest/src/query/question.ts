import { z } from 'zod';
import { querySchema, type BaseQuery, type QuestionName } from '../model/question.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import type { FrameText } from './frames.js';

/** Who asks, of what, and when. */
export interface AskContext {
  db: ClickHouse;
  tenant: string;
  /** The query's range, epoch milliseconds, after `timeRange` and `shift`. */
  from: number;
  to: number;
  timeZone: string;
  /** The first day of the viewer's week, as Grafana says it: `monday`, `sunday`, `saturday`, or empty. */
  weekStart?: string;
  now: number;
  signal?: AbortSignal;
  /** What of the service's own state a question may tell; none where no service runs. */
  state?: ServiceState;
}

/** Seconds that the oldest accepted data waits to be stored, bytes that wait, and segments that could not be stored. */
export interface ServiceState {
  lag: number;
  bytes: number;
  setAside: number;
  /** How many jobs a tenant has, of how many. */
  jobs(tenant: string): { count: number; limit: number };
}

export type Format = NonNullable<BaseQuery['format']>;

/** A question: what can be asked of it, and how it is answered. */
export interface Question {
  name: QuestionName;
  schema: z.ZodType<BaseQuery>;
  /** The formats it answers in; the first is the default. */
  formats: readonly [Format, ...Format[]];
  ask(context: AskContext, query: BaseQuery, format: Format): Promise<FrameText[]>;
}

/** A query with a question's own fields. */
type Asked<Shape extends z.ZodRawShape> = BaseQuery & z.output<z.ZodObject<Shape>>;

/** Declares a question with fields of its own, so that its answer sees them typed. */
export function defineQuestion<Shape extends z.ZodRawShape>(question: {
  name: QuestionName;
  fields: Shape;
  formats: readonly [Format, ...Format[]];
  ask(context: AskContext, query: Asked<Shape>, format: Format): Promise<FrameText[]>;
}): Question {
  // The compiler can't follow an extension by fields that are known to the caller alone.
  const schema = querySchema.extend(question.fields) as unknown as z.ZodType<Asked<Shape>>;
  return {
    name: question.name,
    formats: question.formats,
    schema,
    ask: (context, query, format) => question.ask(context, schema.parse(query), format),
  };
}
