import { readFileSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { problems } from '../errors.js';
import { defaultRulesFile } from '../paths.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { readSetting } from '../storage/settings.js';
import { p, sql } from '../storage/sql.js';

const pattern = z.string().min(1).max(4000);

/** What to do about a kind of failure. Patterns are RE2 regular expressions; all that are given must match. */
export const ruleSchema = z
  .strictObject({
    name: z.string().min(1).max(200),
    error_type: pattern.optional(),
    message: pattern.optional(),
    job: pattern.optional(),
    actions: z.array(z.string().min(1).max(2000)).min(1).max(20),
    url: z.url({ protocol: /^https?$/ }).optional(),
  })
  .refine(
    (rule) => [rule.error_type, rule.message, rule.job].some((value) => value !== undefined),
    'expected at least one of error_type, message, job'
  );
export type Rule = z.infer<typeof ruleSchema>;

export const rulesSchema = z.object({ rules: z.array(ruleSchema).max(500) });

/** What an administrator keeps: the YAML as it was written, comments and all. */
export const rulesSettingSchema = z.object({ yaml: z.string().max(500_000) });

/**
 * Reads rules from YAML.
 * @throws Coded 400 that says where they can't be read and what was expected
 */
export function parseRules(yaml: string): Rule[] {
  let value: unknown;
  try {
    value = parse(yaml, { maxAliasCount: 100 });
  } catch (error) {
    throw problems.badRequest(
      `The rules are no YAML: ${error instanceof YAMLParseError ? error.message : 'they can’t be read'}`
    );
  }
  const parsed = rulesSchema.safeParse(value ?? { rules: [] });
  if (!parsed.success) {
    const errors = parsed.error.issues
      .slice(0, 20)
      .map((issue) => ({ index: Number(issue.path[1] ?? 0), path: issue.path.join('.'), message: issue.message }));
    throw problems.badRequest(`${errors[0]?.path ?? ''}: ${errors[0]?.message ?? ''}`, errors);
  }
  return parsed.data.rules;
}

/** Asks ClickHouse, which will match them, whether it can read every pattern. @throws Coded 400 that names the rule */
export async function assertPatterns(db: ClickHouse, rules: readonly Rule[]): Promise<void> {
  for (const [index, rule] of rules.entries()) {
    for (const field of ['error_type', 'message', 'job'] as const) {
      const text = rule[field];
      if (text !== undefined) {
        await db.rows(sql`SELECT match('', ${p.string(text)})`).catch((error: unknown) => {
          const message = error instanceof Error ? error.message : String(error);
          throw problems.badRequest(`The rule "${rule.name}", ${field}: ${message}`, [
            { index, path: `rules.${index}.${field}`, message },
          ]);
        });
      }
    }
  }
}

const DEFAULTS = parseRules(readFileSync(defaultRulesFile, 'utf8'));

/** The rules that hold for a tenant, in the order in which they are tried, and where the operator's own come from. */
export async function readRules(
  db: ClickHouse,
  tenant: string,
  file: string | undefined
): Promise<{ own: Rule[]; defaults: Rule[]; source: 'settings' | 'file' | 'none'; yaml: string }> {
  const setting = await readSetting(db, tenant, 'rules', rulesSettingSchema);
  if (setting) {
    return { own: parseRules(setting.yaml), defaults: DEFAULTS, source: 'settings', yaml: setting.yaml };
  }
  const yaml = file === undefined ? undefined : readFileSync(file, 'utf8');
  return yaml === undefined
    ? { own: [], defaults: DEFAULTS, source: 'none', yaml: '' }
    : { own: parseRules(yaml), defaults: DEFAULTS, source: 'file', yaml };
}
