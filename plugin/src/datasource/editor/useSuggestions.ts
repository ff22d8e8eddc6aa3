import { useCallback } from 'react';
import type { ComboboxOption } from '@grafana/ui';
import type { Field, Filter } from '../types';
import type { SuggestingProps } from './props';

/** Loads values of a field as options, most frequent first; `others` narrow them. */
export function useSuggestions({ datasource, range }: SuggestingProps, field: Field, others: Filter[]) {
  return useCallback(
    async (search: string): Promise<ComboboxOption[]> => {
      // What can't be suggested can still be typed: a service that is away must not lock the editor.
      const values = await datasource.getValues({ field, search, filters: others }, range).catch(() => []);
      return values.map(({ value, count }) => ({
        value,
        label: value === '' ? '(none)' : value,
        description: count === undefined ? undefined : `${count.toLocaleString()} ${count === 1 ? 'run' : 'runs'}`,
      }));
    },
    [datasource, range, field, others]
  );
}
