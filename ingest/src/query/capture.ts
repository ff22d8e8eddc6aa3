import { z } from 'zod';
import { problems } from '../errors.js';
import { querySchema, type BaseQuery } from '../model/question.js';
import { DAY_MS, join, moment, p, raw, sql, type Sql } from '../storage/sql.js';
import { field } from './frames.js';
import { questions } from './index.js';
import { ERROR_LINES } from './log-errors.js';
import { defineQuestion, type AskContext } from './question.js';
import { FAILED_RECORDS } from './records-failed.js';
import { numericFrame } from './series.js';
import { newestFailures } from './slo.js';
import { plain } from './plain.js';

const TEXTS = ['error_line', 'run', 'key', 'path', 'runbook_url'] as const;
const LOOK_BACK_DAYS = 100;

/** The texts of an alert, for a second query of its rule: one row for each row that the rule's own query answers. */
export const capture = defineQuestion({
  name: 'capture',
  fields: { of: querySchema },
  formats: ['numeric'],
  ask: async (context, query) => {
    const { labels, rows } = await numbersOf(context, query.of);
    // What names the run that a row is about: its job, or its objective, which may be over many jobs.
    const about = labels.indexOf(query.of.question === 'slo' ? 'slo' : 'job');
    const texts =
      query.of.question === 'slo'
        ? await textsOfObjectives(context)
        : await textsOfJobs(context, query.of, about < 0 ? [] : rows.map((row) => String(row[about])));
    return [
      numericFrame(
        query.refId,
        [...labels, ...TEXTS],
        field.number('value'),
        rows.map((row) => {
          const found = texts.get(String(row[about]));
          return [...row.slice(0, -1), ...TEXTS.map((name) => found?.[name] ?? ''), row.at(-1)];
        })
      ),
    ];
  },
});

const frameSchema = z.object({
  schema: z.object({ fields: z.array(z.object({ name: z.string(), type: z.string() })) }),
  data: z.object({ values: z.array(z.array(z.union([z.string(), z.number(), z.null()]))) }),
});

/** The rows of the rule's own query: its labels, then its number. */
async function numbersOf(context: AskContext, of: BaseQuery) {
  const question = questions[of.question];
  if (of.question === 'capture' || !question.formats.includes('numeric')) {
    throw problems.badRequest(`of: expected the query of an alert rule, got one that asks for ${of.question}.`);
  }
  const parsed = question.schema.safeParse({ ...of, refId: 'A', format: 'numeric' });
  if (!parsed.success) {
    throw problems.badRequest(
      `of: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}.`
    );
  }
  const [text = ''] = await question.ask(context, parsed.data, 'numeric');
  const { schema, data } = frameSchema.parse(JSON.parse(text));
  const labels = schema.fields.filter(({ type }) => type === 'string').map(({ name }) => name);
  const rows = (data.values[0] ?? []).map((_, i) => data.values.map((column) => column[i] ?? null));
  return { labels, rows };
}

interface Texts extends Record<(typeof TEXTS)[number], string> {
  job: string;
}

/** The newest run of each job that shows what its alert is about. */
async function textsOfJobs(context: AskContext, of: BaseQuery, jobs: readonly string[]): Promise<Map<string, Texts>> {
  const found = await textsOf(context, jobs, raw('job'), raw(SHOWN[shownFor(of)]));
  return new Map(found.map((texts) => [texts.job, texts]));
}

/** The newest failed run of each objective, by the objective's id. */
async function textsOfObjectives(context: AskContext): Promise<Map<string, Texts>> {
  const failures = await newestFailures(context);
  const runs = [...failures.values()];
  const those = join(
    runs.map(({ job, run }) => sql`(job = ${p.string(job)} AND run = ${p.string(run)})`),
    ' OR '
  );
  const found = await textsOf(
    context,
    runs.map(({ job }) => job),
    raw('job, run'),
    sql`(${those})`
  );
  return new Map(
    [...failures].flatMap(([id, { job, run }]) => {
      const texts = found.find((one) => one.job === job && one.run === run);
      return texts ? [[id, texts]] : [];
    })
  );
}

/** Of the newest run of each group, among those that `shown` is true for, its first error line: later ones are stack traces. */
async function textsOf(context: AskContext, jobs: readonly string[], group: Sql, shown: Sql): Promise<Texts[]> {
  if (jobs.length === 0) {
    return [];
  }
  const those = sql`tenant = ${p.string(context.tenant)} AND job IN ${p.strings(jobs)}`;
  const found = await context.db.rows<Omit<Texts, 'path'>>(
    sql`SELECT job, run, key, error_line, runbook_url FROM
      (SELECT job, newest.1 AS run, newest.2 AS key, ${plain('newest.3')} AS error_line FROM (
        SELECT job, argMax((run, toString(key), multiIf(first_error_line != '', first_error_line, error_message != '', error_message, message)), runs.at) AS newest
        FROM runs FINAL WHERE ${those} AND hidden = 0 AND run != '' AND ${shown}
          AND at >= ${moment(context.now - LOOK_BACK_DAYS * DAY_MS)} GROUP BY ${group})) AS r
      FULL JOIN (SELECT job, JSONExtractString(config, 'runbook_url') AS runbook_url FROM jobs FINAL WHERE ${those}) AS c USING (job)`,
    { join_use_nulls: 0 }
  );
  return found.map((row) => ({ ...row, path: pathOf(row) }));
}

/** Which run an alert is about, by its question. */
const SHOWN = {
  failed: "status IN ('failed', 'timed_out')",
  missed: "status = 'missed'",
  running: "status = 'running'",
  succeeded: "status = 'succeeded'",
  erring: `${ERROR_LINES} > 0`,
  incomplete: `${FAILED_RECORDS} > 0`,
} as const;

function shownFor(of: BaseQuery): keyof typeof SHOWN {
  switch (of.question) {
    case 'slow':
      return 'succeeded';
    case 'log_errors':
      return 'erring';
    case 'records_failed':
      return 'incomplete';
    case 'overdue':
      return of['kind'] === 'running' ? 'running' : 'missed';
    default:
      return 'failed';
  }
}

/** The run's page in the Grafana app; the job's where there is no such run. */
function pathOf({ job, run }: { job: string; run: string }): string {
  const params = new URLSearchParams(run === '' ? { job } : { job, run });
  return `/a/joblens-history-app/${run === '' ? 'job' : 'run'}?${params.toString()}`;
}
