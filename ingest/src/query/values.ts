import { z } from 'zod';
import { fieldSchema } from '../model/question.js';
import { holdsWords, p, raw, sql } from '../storage/sql.js';
import { field, frameText } from './frames.js';
import { defineQuestion } from './question.js';
import { column, runsFrom, runsWhere } from './scope.js';

/** The values of a field with how many runs of the range have them: what a filter or a variable can be set to. */
export const values = defineQuestion({
  name: 'values',
  fields: { field: z.union([fieldSchema, z.literal('tag')]).default('job') },
  formats: ['table'],
  ask: async (context, query) => {
    // "tag" asks for the names of the tags in use.
    const value = query.field === 'tag' ? sql`arrayJoin(mapKeys(tags))` : column(query.field);
    const groups = query.field === 'owner' ? (['owner'] as const) : [];
    const asked = { ...query, search: undefined };
    const like = query.search ? sql`AND ${holdsWords(raw('value'), query.search)}` : sql``;
    const text = await context.db.text(
      sql`SELECT value, toFloat64(count()) AS count FROM (
          SELECT CAST(${value}, 'String') AS value FROM ${runsFrom(context.tenant, asked, groups)}
          WHERE ${runsWhere(context, asked, 'overlapping')})
        WHERE value != '' ${like} GROUP BY value ORDER BY count DESC, value LIMIT ${p.int(query.limit ?? 200)}`,
      'JSONCompactColumns',
      context.signal
    );
    return [
      frameText({ refId: query.refId, name: 'values', fields: [field.string('value'), field.count('count')] }, text),
    ];
  },
});
