import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { CHOICES } from '../datasource/editor/choices';
import { FIELD_LABELS } from '../datasource/fields';
import { QUESTION_LIST } from '../datasource/questions';

const SRC = join(import.meta.dirname, '..');

/** What each plugin says in English, by key. Files that miss something are written anew by `vitest -u`. */
it.each([
  ['joblens-history-app', 'locales', ['module.tsx', 'pages', 'components'], {}],
  ['joblens-history-panel', 'panel/locales', ['panel', 'components'], {}],
  ['joblens-history-datasource', 'datasource/locales', ['datasource'], listed()],
])('%s: every word in the code stands in its file for translators', async (id, folder, sources, more) => {
  const words = { ...more };
  for (const file of sources.flatMap((source) => sourcesIn(join(SRC, source)))) {
    for (const [key, text] of wordsIn(file)) {
      expect([file, key, words[key] ?? text]).toEqual([file, key, text]);
      words[key] = text;
    }
  }
  await expect(`${JSON.stringify(nested(words), null, 2)}\n`).toMatchFileSnapshot(
    join(SRC, folder, `en-US/${id}.json`)
  );
});

/** Words whose keys are made of the names of questions and fields. */
function listed(): Record<string, string> {
  const questions = Object.entries(QUESTION_LIST).flatMap(([name, { label, description }]) => [
    [`questions.${name}.label`, label],
    [`questions.${name}.help`, description],
  ]);
  const fields = Object.entries(FIELD_LABELS).map(([name, label]) => [`fields.${name}`, label]);
  const choices = Object.values(CHOICES).flatMap((of) =>
    Object.entries(of).flatMap(([name, { label, tooltip, options }]) => [
      [`choices.${name}.label`, label],
      ...(tooltip ? [[`choices.${name}.help`, tooltip]] : []),
      ...options.map((option) => [`choices.options.${option.value}`, option.label]),
    ])
  );
  return Object.fromEntries([...questions, ...fields, ...choices]);
}

function sourcesIn(folder: string): string[] {
  if (folder.endsWith('.tsx')) {
    return [folder];
  }
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

/** Every `t('key', 'English words')` of a file. */
function wordsIn(file: string): Array<[string, string]> {
  const found: Array<[string, string]> = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
      const [key, text] = node.arguments;
      if (key && ts.isStringLiteral(key)) {
        expect(text && ts.isStringLiteral(text), `${file}: ${key.text} needs its English words`).toBe(true);
        found.push([key.text, text && ts.isStringLiteral(text) ? text.text : '']);
      }
    }
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'plural') {
      found.push(...pluralWords(node));
    }
    ts.forEachChild(node, visit);
  };
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true, kind));
  return found;
}

/** `plural(count, 'run')` says "1 run" and "2 runs". */
function pluralWords({ arguments: [, one, many] }: ts.CallExpression): Array<[string, string]> {
  if (!one || !ts.isStringLiteral(one)) {
    return [];
  }
  const key = `units.${one.text.replaceAll(' ', '-')}`;
  return [
    [`${key}_one`, `{{n}} ${one.text}`],
    [`${key}_other`, `{{n}} ${many && ts.isStringLiteral(many) ? many.text : `${one.text}s`}`],
  ];
}

interface Tree {
  [part: string]: string | Tree;
}

/** i18next's form: the parts of a key, set apart by dots, one inside the other; sorted. */
function nested(words: Record<string, string>): Tree {
  const tree: Tree = {};
  for (const key of Object.keys(words).sort()) {
    const parts = key.split('.');
    const last = parts.pop() ?? '';
    let place = tree;
    for (const part of parts) {
      const inner = place[part];
      place = typeof inner === 'object' ? inner : (place[part] = {});
    }
    place[last] = words[key] ?? '';
  }
  return tree;
}
