import { z } from 'zod';
import { stringifyJson } from '../model/json.js';
import { OUTCOMES, PHASES } from '../model/record.js';
import { p, sql } from '../storage/sql.js';
import { ofRun } from '../reads/lines.js';
import { readRecords } from '../reads/records.js';
import { field, frame, frameText } from './frames.js';
import { defineQuestion } from './question.js';
import { findRun, runIdFields } from './run-id.js';
import { runsWhere } from './scope.js';
import { numericFrame } from './series.js';

/** The records of one run; without a run, how many records the jobs of the range handled, by phase and outcome. */
export const records = defineQuestion({
  name: 'records',
  fields: { ...runIdFields, phase: z.enum(PHASES).optional(), outcome: z.enum(OUTCOMES).optional() },
  formats: ['table', 'numeric'],
  ask: async (context, query, format) => {
    const run = await findRun(context.db, context.tenant, query);
    if (run) {
      const page = await readRecords(context.db, ofRun(context.tenant, run.job, run.run), {
        ...query,
        limit: query.limit ?? 100,
      });
      const column = (read: (record: (typeof page.records)[number]) => unknown) => page.records.map(read);
      return [
        frame({ refId: query.refId, name: 'records', meta: { custom: { next: page.next } }, fields: RECORD_FIELDS }, [
          column((record) => record.phase),
          column((record) => record.outcome),
          column((record) => record.key),
          column((record) => record.message),
          column((record) => (record.data === null ? '' : stringifyJson(record.data))),
          column((record) => Date.parse(record.received_at)),
        ]),
      ];
    }
    const only = [query.phase ?? '', query.outcome ?? ''];
    const select = sql`SELECT job, splitByChar('.', pair.1)[1] AS phase, splitByChar('.', pair.1)[2] AS outcome, toFloat64(sum(pair.2)) AS n
      FROM runs FINAL ARRAY JOIN CAST(records, 'Array(Tuple(String, UInt64))') AS pair
      WHERE ${runsWhere(context, query, 'counted')} AND phase LIKE concat(${p.string(only[0] ?? '')}, '%') AND outcome LIKE concat(${p.string(only[1] ?? '')}, '%')
      GROUP BY job, phase, outcome ORDER BY n DESC, job`;
    if (format === 'numeric') {
      const rows = await context.db.rows<{ job: string; phase: string; outcome: string; n: number }>(select);
      return [
        numericFrame(
          query.refId,
          ['job', 'phase', 'outcome'],
          field.number('records'),
          rows.map((row) => [row.job, row.phase, row.outcome, row.n])
        ),
      ];
    }
    const fields = [field.string('job'), field.string('phase'), field.string('outcome'), field.count('records')];
    return [
      frameText(
        { refId: query.refId, name: 'records', fields },
        await context.db.text(select, 'JSONCompactColumns', context.signal)
      ),
    ];
  },
});

const RECORD_FIELDS = [
  field.string('phase'),
  field.string('outcome'),
  field.string('key'),
  field.string('message'),
  field.string('data'),
  { ...field.time('received_at'), typeInfo: { frame: 'time.Time' } },
];
