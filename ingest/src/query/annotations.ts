import { z } from 'zod';
import { statusSchema } from '../model/common.js';
import { p, sql } from '../storage/sql.js';
import { field, frameText } from './frames.js';
import { plain } from './plain.js';
import { defineQuestion } from './question.js';
import { listed } from './runs.js';
import { runsWhere } from './scope.js';

/** Runs as annotations: failed and missed ones unless said otherwise. */
export const annotations = defineQuestion({
  name: 'annotations',
  fields: { statuses: z.array(statusSchema).min(1).default(['failed', 'timed_out', 'missed']) },
  formats: ['table'],
  ask: async (context, query) => {
    const where = sql`${runsWhere(context, query, 'overlapping')} AND status IN ${p.strings(query.statuses)}`;
    const text = await context.db.text(
      listed(context, query, where, query.limit ?? 500, COLUMNS),
      'JSONCompactColumns',
      context.signal
    );
    return [frameText({ refId: query.refId, name: 'annotations', fields: FIELDS }, text)];
  },
});

const COLUMNS = sql`toUnixTimestamp64Milli(at) AS time, toUnixTimestamp64Milli(greatest(at, counted_at)) AS timeEnd,
  concat(job, ' ', replaceAll(status, '_', ' ')) AS title,
  ${plain(`coalesce(nullIf(error_message, ''), nullIf(message, ''), nullIf(first_error_line, ''), '')`)} AS text,
  arrayFilter(x -> x != '', [status, type, error_type]) AS tags, toString(key) AS id, toString(key) AS key`;

const FIELDS = [
  field.time('time'),
  field.time('timeEnd'),
  field.string('title'),
  field.string('text'),
  field.json('tags'),
  field.string('id'),
  field.string('key'),
];
