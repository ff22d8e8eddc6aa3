import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { FIELD_LABELS } from '../datasource/fields';
import { QUESTION_LIST } from '../datasource/questions';

const SRC = join(import.meta.dirname, '..');

/** What each plugin says in English, by key. Files that miss something are written anew by `vitest -u`. */
it.each([
  ['joblens-history-app', 'locales', ['pages', 'links'], {}],
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
  return Object.fromEntries([...questions, ...fields]);
}

function sourcesIn(folder: string): string[] {
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
    ts.forEachChild(node, visit);
  };
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true, kind));
  return found;
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
