import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isChoiceOf } from '../datasource/editor/choices';
import { isComplete, QUESTION_LIST } from '../datasource/questions';
import type { JoblensQuery } from '../datasource/types';

const root = path.resolve(import.meta.dirname, '../../..');

/** Every object in a file that asks a question of ours, however deep. */
function queriesIn(value: unknown): JoblensQuery[] {
  if (Array.isArray(value)) {
    return value.flatMap(queriesIn);
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const nested = Object.values(value).flatMap(queriesIn);
  return 'question' in value ? [value as JoblensQuery, ...nested] : nested;
}

const FILES = [
  ...readdirSync(path.join(root, 'plugin/src/dashboards'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => `plugin/src/dashboards/${file}`),
  ...readdirSync(path.join(root, 'provisioning/alerting')).map((file) => `provisioning/alerting/${file}`),
];

it.each(FILES.filter((file) => file.endsWith('.json')))('%s has the time zone that its reader prefers', (file) => {
  expect(JSON.parse(readFileSync(path.join(root, file), 'utf8'))).toMatchObject({ timezone: '' });
});

describe.each(FILES)('%s', (file) => {
  const queries = queriesIn(parse(readFileSync(path.join(root, file), 'utf8')));

  it('asks questions', () => expect(queries.length).toBeGreaterThan(0));

  it.each(queries)('$question can be asked as it is stored', (query) => {
    const { formats, fields } = QUESTION_LIST[query.question];
    const always = ['refId', 'datasource', 'question', 'filters', 'format'];
    const known = [...always, ...fields, 'job', 'run', ...(query.question === 'capture' ? ['of'] : [])];
    expect(isComplete(query)).toBe(true);
    expect(formats).toContain(query.format ?? formats[0]);
    const unknown = Object.entries(query).filter(
      ([name, value]) => !known.includes(name) && !isChoiceOf(query.question, name, value)
    );
    expect(unknown).toEqual([]);
  });
});

describe('alert rules', () => {
  const { groups } = parse(readFileSync(path.join(root, 'provisioning/alerting/joblens.yaml'), 'utf8'));
  const rules: Rule[] = groups.flatMap((group: { rules: Rule[] }) => group.rules);

  it.each(rules)('$title asks for numbers, and its texts of what it is about', ({ data }) => {
    const ours = data.filter(({ datasourceUid }) => datasourceUid === 'joblens').map(({ model }) => model);
    expect(ours.map(({ format }) => format)).toEqual(ours.map(() => 'numeric'));
    const [{ refId: _refId, format: _format, ...about }, texts] = ours as [JoblensQuery, JoblensQuery | undefined];
    if (texts?.question === 'capture') {
      expect(texts).toMatchObject({ of: about });
    }
  });

  it.each(rules)(
    '$title writes its dollar signs once: Grafana takes texts and queries of a rule as they stand',
    (rule) => {
      expect(JSON.stringify(rule)).not.toContain('$$');
    }
  );
});

interface Rule {
  title: string;
  data: Array<{ datasourceUid: string; model: JoblensQuery }>;
}
