import { useCallback } from 'react';
import type { ComboboxOption } from '@grafana/ui';
import { firstValueFrom } from 'rxjs';
import { readColumn } from '../client/frames';
import type { Answers, Question, RunField } from '../client/types';
import { useJobHistory } from '../JobHistoryContext';
import { formatCount } from '../model/numbers';

type Options = Array<ComboboxOption<string>>;

/** Values that a field can be narrowed to. */
const VALUES = 100;
/** Tags, and values of each, that are offered at once. */
const TAGS = 20;
const VALUES_PER_TAG = 20;

/** The values that a field has in the range, most frequent first. */
export function useValueOptions() {
  const { client, range } = useJobHistory();
  return useCallback(
    (field: RunField) =>
      async (search: string): Promise<Options> => {
        const question = valuesOf(field, { refId: 'values', limit: VALUES, search: search || undefined });
        return toOptions(await firstValueFrom(client.ask([question], { range })), 'values');
      },
    [client, range]
  );
}

/** Tags as `name=value`: the names in use, each with its most frequent values. */
export function useTagOptions() {
  const { client, range } = useJobHistory();
  return useCallback(
    async (search: string): Promise<Options> => {
      const ask = (questions: Question[]) => firstValueFrom(client.ask(questions, { range }));
      const names = toOptions(await ask([valuesOf('tag', { refId: 'names', limit: TAGS })]), 'names');
      if (names.length === 0) {
        return [];
      }
      const [wantedName, wantedValue] = splitAtEquals(search);
      const questions = names.flatMap(({ value: name }, index) => {
        const fits = name.toLowerCase().includes(wantedName.toLowerCase());
        // Without "=", the words may be of the name or of the value.
        const words = wantedValue ?? (fits ? '' : search);
        return wantedValue !== undefined && !fits
          ? []
          : [valuesOf(`tag:${name}`, { refId: String(index), limit: VALUES_PER_TAG, search: words || undefined })];
      });
      const answers = questions.length > 0 ? await ask(questions) : new Map();
      return names.flatMap(({ value: name }, index) =>
        toOptions(answers, String(index)).map(({ value, description }) => ({ value: `${name}=${value}`, description }))
      );
    },
    [client, range]
  );
}

function valuesOf(field: Question['field'], rest: Omit<Question, 'question' | 'field'>): Question {
  return { question: 'values', field, ...rest };
}

function toOptions(answers: Answers, refId: string): Options {
  const frame = answers.get(refId)?.[0];
  const counts = readColumn(frame, 'count');
  return readColumn(frame, 'value')
    .map((value, row) => ({ value: String(value), description: formatCount(Number(counts[row] ?? 0)) }))
    .filter(({ value }) => value !== '');
}

function splitAtEquals(search: string): [string, string | undefined] {
  const at = search.indexOf('=');
  return at < 0 ? [search, undefined] : [search.slice(0, at), search.slice(at + 1)];
}
