import type { AdHocVariableFilter, ScopedVars } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';
import { OPERATORS } from '../../../ingest/src/model/words.js';
import { t } from '../i18n/t';
import { parseField } from './fields';
import type { Filter, JoblensQuery } from './types';

/** `$name`, `${name}`, `${name:format}` or `[[name]]`, and nothing beside it. */
const ONE_VARIABLE = /^(?:\$(\w+)|\$\{(\w+)(?:\.[^:^}]+)?(?::[^}]+)?\}|\[\[(\w+)(?::\w+)?\]\])$/;
const REGEX_SPECIAL = /[\\^$.*+?()[\]{}|]/g;
/** Explore writes its own ids into `key` of every query; the service reads `key` as a run's. */
const EXPLORE_KEY = /^Q-/;

type Templates = Pick<TemplateSrv, 'replace' | 'getVariables'>;

/** The query with its variables and the dashboard's ad hoc filters put in: what the service is sent. */
export function interpolate<T extends JoblensQuery>(
  templates: Templates,
  query: T,
  scopedVars: ScopedVars,
  adHoc: AdHocVariableFilter[] = []
): T {
  const text = (value: string | undefined) => value && templates.replace(value, scopedVars);
  return {
    ...query,
    key: query.key && EXPLORE_KEY.test(query.key) ? undefined : text(query.key),
    job: text(query.job),
    run: text(query.run),
    search: text(query.search),
    filters: [
      ...(query.filters ?? []).flatMap((filter) => interpolateFilter(templates, filter, scopedVars)),
      ...adHoc.map(fromAdHoc),
    ],
    groupBy: query.groupBy?.flatMap((field) =>
      valuesOf(templates, field, scopedVars).values.flatMap((name) => parseField(name) ?? [])
    ),
  };
}

/** A filter whose variable says "All", or nothing, asks for nothing and goes. */
function interpolateFilter(templates: Templates, filter: Filter, scopedVars: ScopedVars): Filter[] {
  const found = [filter.value].flat().map((value) => valuesOf(templates, value, scopedVars));
  const values = found.flatMap((each) => each.values);
  if (values.length === 0 || found.some(({ all }) => all)) {
    return [];
  }
  const [first = '', ...others] = values;
  switch (filter.op) {
    case 'in':
    case '!in':
      return [{ ...filter, value: values }];
    case '=':
      return [others.length === 0 ? { ...filter, value: first } : { ...filter, op: 'in', value: values }];
    case '!=':
      return [others.length === 0 ? { ...filter, value: first } : { ...filter, op: '!in', value: values }];
    case '=~':
    case '!~':
      return [{ ...filter, value: interpolateRegex(templates, filter.value, scopedVars) }];
  }
}

/** Values inside a regular expression are taken literally, several as alternatives. */
function interpolateRegex(templates: Templates, value: Filter['value'], scopedVars: ScopedVars): string {
  const literal = (text: unknown) => String(text).replace(REGEX_SPECIAL, '\\$&');
  const format = (each: unknown) => (Array.isArray(each) ? `(${each.map(literal).join('|')})` : literal(each));
  return templates.replace([value].flat().join('|'), scopedVars, format);
}

/** What a text with variables stands for: a list where it is one variable that holds several values. */
function valuesOf(templates: Templates, text: string, scopedVars: ScopedVars): { values: string[]; all: boolean } {
  const match = ONE_VARIABLE.exec(text);
  const name = match?.[1] ?? match?.[2] ?? match?.[3];
  if (name === undefined) {
    return { values: [templates.replace(text, scopedVars)], all: false };
  }
  let held: unknown;
  const replaced = templates.replace(`\${${name}}`, scopedVars, (value: unknown) => {
    held = value;
    return '';
  });
  if (Array.isArray(held)) {
    return { values: held.map(String), all: isAll(templates, name) };
  }
  // A variable's custom "All" value is put in without asking the formatter.
  return { values: [held === undefined ? replaced : String(held)], all: false };
}

/** "All" means every value there is, also those past the list's limit: such a filter is left out. */
function isAll(templates: Templates, name: string): boolean {
  const variable = templates.getVariables().find((each) => each.name === name);
  const current: unknown = variable && 'current' in variable ? variable.current : undefined;
  const value: unknown = typeof current === 'object' && current !== null ? Reflect.get(current, 'value') : undefined;
  return Array.isArray(value) ? value.includes('$__all') : value === '$__all';
}

/** Grafana's ad hoc operators are ours but for "one of" and comparisons by size. */
function fromAdHoc({ key, operator, value, values }: AdHocVariableFilter): Filter {
  const field = parseField(key);
  if (field === undefined) {
    throw new Error(
      t('interpolate.no-field', 'Joblens has no field "{{key}}" to filter by. Tags are written tag:name.', { key })
    );
  }
  if (operator === '=|' || operator === '!=|') {
    return { field, op: operator === '=|' ? 'in' : '!in', value: values ?? [value] };
  }
  const op = OPERATORS.find((each) => each === operator);
  if (op === undefined) {
    throw new Error(
      t('interpolate.no-operator', 'Joblens can\'t filter {{key}} with "{{operator}}". Use =, !=, =~, !~ or one of.', {
        key,
        operator,
      })
    );
  }
  return { field, op, value };
}
