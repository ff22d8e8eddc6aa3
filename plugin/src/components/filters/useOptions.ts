import { useCallback } from 'react';
import type { ComboboxOption } from '@grafana/ui';
import { firstValueFrom } from 'rxjs';
import type { Question, RunField } from '../client/types';
import { useJobHistory } from '../JobHistoryContext';
import { formatCount } from '../model/numbers';
import { toRunRows } from '../model/run';

type Options = Array<ComboboxOption<string>>;
/** Tags are read off this many of the newest runs. */
const TAG_SAMPLE = 500;

/** The values that a field has in the range, most frequent first. */
export function useValueOptions() {
  const { client, range } = useJobHistory();
  return useCallback(
    (field: RunField) =>
      async (search: string): Promise<Options> => {
        const question: Question = {
          refId: 'values',
          question: 'values',
          field,
          limit: 100,
          search: search || undefined,
        };
        const answers = await firstValueFrom(client.ask([question], { range }));
        const fields = answers.get('values')?.[0]?.fields ?? [];
        const column = (name: string) => fields.find((field) => field.name === name)?.values ?? [];
        return column('value')
          .map((value, row) => ({ value: String(value), description: formatCount(Number(column('count')[row] ?? 0)) }))
          .filter(({ value }) => value !== '');
      },
    [client, range]
  );
}

/** Tags as `name=value`, of which the service has no list of names. */
export function useTagOptions() {
  const { client, range } = useJobHistory();
  return useCallback(
    async (search: string): Promise<Options> => {
      const question: Question = { refId: 'runs', question: 'runs', limit: TAG_SAMPLE };
      const answers = await firstValueFrom(client.ask([question], { range }));
      const pairs = toRunRows(answers.get('runs')?.[0]).flatMap(({ tags }) =>
        Object.entries(tags).map(([name, value]) => `${name}=${value}`)
      );
      const wanted = search.toLowerCase();
      return [...new Set(pairs)]
        .filter((pair) => pair.toLowerCase().includes(wanted))
        .sort()
        .map((value) => ({ value }));
    },
    [client, range]
  );
}
