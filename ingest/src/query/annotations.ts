import { z } from 'zod';
import { statusSchema, type Status } from '../model/common.js';
import type { BaseQuery } from '../model/question.js';
import { p, raw, sql } from '../storage/sql.js';
import { field, frameText } from './frames.js';
import { defineQuestion, type AskContext } from './question.js';
import { runsOf, type RunKey } from './runs.js';
import { runsTable, runsTableName, runsWhere } from './scope.js';
import { plain } from './plain.js';

/** Runs as annotations: failed and missed ones unless said otherwise. */
export const annotations = defineQuestion({
  name: 'annotations',
  fields: { statuses: z.array(statusSchema).min(1).default(['failed', 'timed_out', 'missed']) },
  formats: ['table'],
  ask: async (context, query) => {
    const text = await context.db.text(
      sql`SELECT toUnixTimestamp64Milli(at) AS time, toUnixTimestamp64Milli(greatest(at, counted_at)) AS timeEnd,
          concat(job, ' ', replaceAll(status, '_', ' ')) AS title,
          ${plain(`coalesce(nullIf(error_message, ''), nullIf(message, ''), nullIf(first_error_line, ''), '')`)} AS text,
          arrayFilter(x -> x != '', [status, type, error_type]) AS tags, toString(key) AS id, toString(key) AS key
        FROM (${runsOf(context, await newest(context, query))}) ORDER BY at DESC`,
      'JSONCompactColumns',
      context.signal
    );
    return [frameText({ refId: query.refId, name: 'annotations', fields: FIELDS }, text)];
  },
});

function newest(context: AskContext, query: BaseQuery & { statuses: readonly Status[] }): Promise<RunKey[]> {
  return context.db.rows<RunKey>(
    sql`SELECT job, toUnixTimestamp64Milli(at) AS at, run FROM ${runsTable(query)}
      WHERE ${runsWhere(context, query, 'overlapping')} AND status IN ${p.strings(query.statuses)}
      ORDER BY ${raw(runsTableName(query))}.at DESC LIMIT ${p.int(query.limit ?? 500)}`
  );
}

const FIELDS = [
  field.time('time'),
  field.time('timeEnd'),
  field.string('title'),
  field.string('text'),
  field.json('tags'),
  field.string('id'),
  field.string('key'),
];
