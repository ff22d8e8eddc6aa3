import { useId } from 'react';
import type { QueryEditorProps } from '@grafana/data';
import { Stack } from '@grafana/ui';
import type { JoblensDataSource } from '../datasource';
import { dropUndefined } from '../questions';
import type { JoblensOptions, JoblensQuery, JoblensVariableQuery, QueryFields } from '../types';
import { FiltersField } from './FiltersField';
import { SearchField } from './SearchField';
import { ValuesOfField } from './ValuesOfField';

type Props = QueryEditorProps<JoblensDataSource, JoblensQuery, JoblensOptions, JoblensVariableQuery>;

/** Which field's values the variable offers, and of which runs. */
export function VariableEditor({ query: stored, datasource, onChange, range }: Props) {
  const id = useId();
  // A new variable's query is an empty text until something is chosen.
  const query: JoblensVariableQuery = {
    ...(typeof stored === 'object' ? stored : {}),
    refId: 'variable',
    question: 'values',
  };
  const change = (fields: Partial<QueryFields>) =>
    onChange({ ...dropUndefined({ ...query, ...fields }), question: 'values' });
  const field = { query, onChange: change, id };
  return (
    <Stack direction="column" gap={1}>
      <Stack wrap="wrap" gap={1}>
        <ValuesOfField {...field} datasource={datasource} range={range} />
        <SearchField {...field} />
      </Stack>
      <FiltersField {...field} datasource={datasource} range={range} />
    </Stack>
  );
}
