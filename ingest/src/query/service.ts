import { z } from 'zod';
import { problems } from '../errors.js';
import { DAY_MS, moment, p, raw, sql } from '../storage/sql.js';
import { bucketsFor, bucketStarts } from './buckets.js';
import { dataplane, field, frame, noData, type FrameText } from './frames.js';
import { defineQuestion, type AskContext } from './question.js';
import type { BaseQuery } from '../model/question.js';
import { numericFrame } from './series.js';

const CHECKS = ['lag', 'silent', 'aside', 'waiting', 'rejected', 'jobs'] as const;
type Check = (typeof CHECKS)[number];

interface State {
  value: number;
  unit: string;
  message: string;
}

/** What came in is kept for so long in the list of what each write touched. */
const SILENT_DAYS = 30;
const LAG_SECONDS = 60;

/**
 * The service's own state. Over time: what came in, by the time of receipt.
 * `lag`: seconds that the oldest accepted data waits; `silent`: seconds since data of this tenant came in; `aside`:
 * segments that could not be stored; `waiting`: bytes in the spool; `rejected`: items in quarantine in the range; `jobs`: jobs of this tenant.
 */
export const service = defineQuestion({
  name: 'service',
  fields: { check: z.enum(['all', ...CHECKS]).default('all') },
  formats: ['table', 'numeric', 'timeseries'],
  ask: async (context, query, format) => {
    if (format === 'timeseries') {
      return received(context, query);
    }
    const checks = query.check === 'all' ? CHECKS : [query.check];
    const states = await Promise.all(checks.map(async (check) => ({ check, ...(await stateOf(context, check)) })));
    if (format === 'numeric') {
      const rows = states.map(({ check, value }) => [check, value]);
      return [numericFrame(query.refId, ['check'], field.number('value'), rows)];
    }
    const column = (name: keyof (typeof states)[number]) => states.map((state) => state[name]);
    return [
      frame({ refId: query.refId, name: 'service', fields: FIELDS }, [
        column('check'),
        column('value'),
        column('unit'),
        column('message'),
      ]),
    ];
  },
});

const FIELDS = [
  field.string('check', { displayName: 'Check' }),
  field.count('value', { displayName: 'Value' }),
  field.string('unit', { displayName: 'Unit' }),
  field.string('message', { displayName: 'What it means' }),
];

async function stateOf(context: AskContext, check: Check): Promise<State> {
  const { lag, setAside, bytes } = stateFor(context);
  switch (check) {
    case 'lag':
      return {
        value: lag,
        unit: 's',
        message:
          lag > LAG_SECONDS
            ? 'Accepted data waits: is ClickHouse there, and quick enough?'
            : 'Data is stored as it comes',
      };
    case 'aside':
      return {
        value: setAside,
        unit: 'segments',
        message:
          setAside > 0 ? 'Kept in spool/aside of the data folder; the log says why' : 'Everything could be stored',
      };
    case 'waiting':
      return { value: bytes, unit: 'bytes', message: 'Accepted and safe on disk, on the way into ClickHouse' };
    case 'silent': {
      const value = await silentSeconds(context);
      const ever = stateFor(context).jobs(context.tenant).count > 0;
      const message = ever
        ? 'Since the last run, line or record came in'
        : 'Nothing has come in yet: POST /v1/runs sends a first run';
      return { value, unit: 's', message };
    }
    case 'jobs': {
      const { count, limit } = stateFor(context).jobs(context.tenant);
      const left = count >= limit ? 'new ones are refused' : count >= limit * 0.8 ? 'the limit is near' : 'all is well';
      return { value: count, unit: 'jobs', message: `Of ${limit.toLocaleString('en')} that there may be: ${left}` };
    }
    case 'rejected': {
      const [row] = await context.db.rows<{ n: number }>(
        sql`SELECT toFloat64(count()) AS n FROM rejected WHERE tenant = ${p.string(context.tenant)}
          AND received_at >= ${moment(context.from)} AND received_at < ${moment(context.to)}`
      );
      return { value: row?.n ?? 0, unit: 'items', message: 'In quarantine: GET /v1/rejected shows them with why' };
    }
  }
}

function stateFor({ state }: AskContext): NonNullable<AskContext['state']> {
  if (!state) {
    throw problems.badRequest('service: this can be asked only of a running service.');
  }
  return state;
}

async function silentSeconds(context: AskContext): Promise<number> {
  const [row] = await context.db.rows<{ last: number }>(
    sql`SELECT toUnixTimestamp64Milli(max(received_at)) AS last FROM touched WHERE tenant = ${p.string(context.tenant)}`
  );
  const since = Math.max(row?.last ?? 0, context.now - SILENT_DAYS * DAY_MS);
  return Math.max(0, Math.round((context.now - since) / 1000));
}

/** What came in over time, a series for each kind. */
async function received(context: AskContext, query: BaseQuery): Promise<FrameText[]> {
  const buckets = bucketsFor(context, query);
  const counted = (
    table: string,
    kind: string
  ) => sql`SELECT ${p.string(kind)} AS kind, ${buckets.startOf(raw('received_at'))} AS t, count() AS n FROM ${raw(table)}
    WHERE tenant = ${p.string(context.tenant)} AND received_at >= ${moment(context.from)} AND received_at < ${moment(context.to)} GROUP BY t`;
  const rows = await context.db.rows<{ kind: string; times: number[]; counts: number[] }>(
    sql`SELECT kind, groupArray(t) AS times, groupArray(toFloat64(n)) AS counts FROM (
        ${counted('events', 'run events')} UNION ALL ${counted('lines', 'lines')}
        UNION ALL ${counted('records', 'records')} UNION ALL ${counted('rejected', 'rejected')}) GROUP BY kind ORDER BY kind`
  );
  const starts = await bucketStarts(context, buckets);
  const frames = rows.map(({ kind, times, counts }) => {
    const known = new Map(times.map((time, i) => [time, counts[i] ?? 0]));
    const fields = [
      { ...field.time('time', { interval: buckets.width }), typeInfo: { frame: 'time.Time' } },
      { ...field.count('received', { displayNameFromDS: kind }), labels: { kind } },
    ];
    return frame({ refId: query.refId, name: kind, meta: dataplane('timeseries-multi'), fields }, [
      starts,
      starts.map((start) => known.get(start) ?? 0),
    ]);
  });
  return frames.length > 0 ? frames : [noData(query.refId, 'timeseries-multi')];
}
