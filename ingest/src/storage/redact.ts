import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { redactionFile } from '../paths.js';
import type { ClickHouse } from './clickhouse.js';
import { p, raw, sql, type Sql } from './sql.js';

const pattern = z.string().min(1).max(4000);
const fileSchema = z.strictObject({
  builtin: z.boolean().default(true),
  rules: z.array(
    z.strictObject({ name: z.string(), pattern, detect: pattern.optional(), replace: z.string().default('[redacted]') })
  ),
});
type RedactionRule = z.infer<typeof fileSchema>['rules'][number];

/** Where a word begins: also behind what JSON writes for a newline or another character, and behind an ANSI colour. */
const START = '(\\b|\\\\(?:[bfnrt]|u[0-9a-fA-F]{4})|\\[[0-9;]*m)';

/** A rule whose pattern begins with `\b`, at whatever a word may stand behind in JSON and in a log. */
function fromAnyStart(rule: RedactionRule): RedactionRule {
  const [, flags, rest] = /^(\(\?i\))?\\b(.*)$/s.exec(rule.pattern) ?? [];
  if (rest === undefined) {
    return rule;
  }
  const replace = rule.replace.replace(/\\(\d)/g, (_, group: string) => `\\${group === '0' ? 0 : Number(group) + 1}`);
  return { ...rule, pattern: `${flags ?? ''}${START}${rest}`, replace: `\\1${replace}` };
}

/**
 * Hides secrets in SQL, where the text is read anyway: RE2 and vectorscan do it, which no pattern can make slow. One
 * pass over all signs at once decides whether a text is looked at any closer.
 */
export class Redaction {
  /** Hides nothing: for texts that show no sign of a secret. */
  static readonly none = new Redaction([]);
  readonly #rules: readonly RedactionRule[];

  constructor(rules: readonly RedactionRule[]) {
    this.#rules = rules.map(fromAnyStart);
  }

  /** @throws Error that says what is wrong with the operator's file */
  static read(file: string | undefined): Redaction {
    const builtin = fileSchema.parse(parse(readFileSync(redactionFile, 'utf8')));
    if (file === undefined) {
      return new Redaction(builtin.rules);
    }
    const own = fileSchema.safeParse(parse(readFileSync(file, 'utf8')));
    if (!own.success) {
      throw new Error(`${file} (JOBLENS_REDACTION_FILE) can't be used: ${z.prettifyError(own.error)}`);
    }
    return new Redaction([...(own.data.builtin ? builtin.rules : []), ...own.data.rules]);
  }

  /** The text of a column, without its secrets. */
  of(column: Sql): Sql {
    if (this.#rules.length === 0) {
      return column;
    }
    const clean = this.#rules.reduce(
      (text, rule) => sql`replaceRegexpAll(${text}, ${p.string(rule.pattern)}, ${p.string(rule.replace)})`,
      column
    );
    return sql`if(${this.isSuspect(column)}, ${clean}, ${column})`;
  }

  /** Whether a text shows the signs of a secret; where none does, nothing of it is hidden. */
  isSuspect(column: Sql): Sql {
    return sql`multiMatchAny(${column}, ${p.strings(this.#rules.map((rule) => rule.detect ?? rule.pattern))})`;
  }

  /** Texts of the service's own, such as those for the audit trail, without their secrets. */
  async texts(db: ClickHouse, texts: readonly string[]): Promise<string[]> {
    const rows = await db.rows<{ text: string }>(
      sql`SELECT ${this.of(raw('sent'))} AS text FROM (SELECT arrayJoin(arrayEnumerate(${p.strings(texts)})) AS n, ${p.strings(texts)}[n] AS sent) ORDER BY n`
    );
    return rows.map((row) => row.text);
  }

  /** @throws Error that names the rule whose pattern ClickHouse can't read */
  async check(db: ClickHouse): Promise<void> {
    const empty = raw("materialize('')");
    const isReadable = await db.rows(sql`SELECT ${this.of(empty)} AS text`).then(
      () => true,
      () => false
    );
    for (const rule of isReadable ? [] : this.#rules) {
      await db.rows(sql`SELECT ${new Redaction([rule]).of(empty)} AS text`).catch((error: unknown) => {
        throw new Error(`The redaction rule "${rule.name}": ${error instanceof Error ? error.message : String(error)}`);
      });
    }
  }
}
