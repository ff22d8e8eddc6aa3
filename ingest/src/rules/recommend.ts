import { Coded } from '../errors.js';
import type { RunAnswer } from '../model/answer.js';
import { FAILURE_STATUSES } from '../model/common.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { p, sql } from '../storage/sql.js';
import { readRules, type Rule } from './rules.js';

type Failed = Pick<RunAnswer, 'job' | 'status' | 'error' | 'message' | 'first_error_line' | 'last_error_line'>;

/** What to do about a failed run: what the run itself says, else its job's config, else the first rule that matches. */
export async function recommend(
  db: ClickHouse,
  tenant: string,
  rulesFile: string | undefined,
  run: Failed,
  said: { byRun: readonly string[]; byJob: readonly string[]; runbook: string | null }
): Promise<RunAnswer['recommended']> {
  if (!FAILURE_STATUSES.includes(run.status)) {
    return null;
  }
  if (said.byRun.length > 0) {
    return { actions: [...said.byRun], source: 'run', rule: null, url: null };
  }
  if (said.byJob.length > 0) {
    return { actions: [...said.byJob], source: 'job', rule: null, url: said.runbook };
  }
  const rule = await firstMatch(db, await rulesFor(db, tenant, rulesFile), run);
  return rule ? { actions: rule.actions, source: 'rule', rule: rule.name, url: rule.url ?? null } : null;
}

/** A rules file that was just broken must not hide the run; Settings says what is wrong with it. */
async function rulesFor(db: ClickHouse, tenant: string, file: string | undefined): Promise<Rule[]> {
  const { own, defaults } = await readRules(db, tenant, file).catch((error: unknown) => {
    if (error instanceof Coded && error.status === 400) {
      return readRules(db, tenant, undefined);
    }
    throw error;
  });
  return [...own, ...defaults];
}

/** Patterns are matched by ClickHouse's RE2, which no pattern can make slow. */
async function firstMatch(db: ClickHouse, rules: readonly Rule[], run: Failed): Promise<Rule | undefined> {
  const texts = [run.error?.message, run.message, run.last_error_line, run.first_error_line].filter(Boolean).join('\n');
  const patterns = (field: 'error_type' | 'message' | 'job') => p.strings(rules.map((rule) => rule[field] ?? ''));
  const [row] = await db.rows<{ first: number }>(
    sql`SELECT arrayFirstIndex((t, m, j) -> match(${p.string(run.error?.type ?? '')}, t) AND match(${p.string(texts)}, m) AND match(${p.string(run.job)}, j),
      ${patterns('error_type')}, ${patterns('message')}, ${patterns('job')}) AS first`
  );
  return row ? rules[row.first - 1] : undefined;
}
