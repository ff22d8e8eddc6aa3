import { useMemo, useState } from 'react';
import { Button, InlineField, Stack } from '@grafana/ui';
import { t } from '../../i18n/t';
import type { Filter } from '../types';
import { FilterRow } from './FilterRow';
import type { SuggestingProps } from './props';

const NEW: Filter = { field: 'job', op: '=', value: '' };
const isEmpty = ({ value }: Filter) => value.length === 0;

/**
 * The conditions that runs must meet, all of them. A row without a value stays in the editor and is not part of the
 * query, so that adding a filter never empties the panel.
 */
export function FiltersField(props: SuggestingProps) {
  const { query, onChange, id } = props;
  const stored = useMemo(() => query.filters ?? [], [query.filters]);
  const [draft, setDraft] = useState<Filter>();

  const replace = (index: number, filter?: Filter) => {
    const filters = stored.flatMap((each, at) => (at === index ? (filter ?? []) : each));
    onChange({ filters: filters.length > 0 ? filters : undefined });
  };
  const onStored = (index: number, filter: Filter) => {
    if (isEmpty(filter)) {
      replace(index);
      setDraft(filter);
    } else {
      replace(index, filter);
    }
  };
  const onDraft = (filter: Filter) => {
    if (isEmpty(filter)) {
      setDraft(filter);
    } else {
      setDraft(undefined);
      onChange({ filters: [...stored, filter] });
    }
  };

  return (
    <InlineField
      label={t('editor.filters.label', 'Filters')}
      tooltip={t('editor.filters.tooltip', 'Runs must meet all of them. Tags are typed as tag:name.')}
      shrink
    >
      <Stack direction="column" alignItems="flex-start" gap={0.5}>
        {stored.map((filter, index) => (
          <FilterRow
            key={index}
            {...props}
            id={`${id}-filter-${index}`}
            filter={filter}
            others={stored.filter((_, at) => at !== index)}
            onFilter={(changed) => onStored(index, changed)}
            onRemove={() => replace(index)}
          />
        ))}
        {draft && (
          <FilterRow
            {...props}
            id={`${id}-filter-new`}
            filter={draft}
            others={stored}
            onFilter={onDraft}
            onRemove={() => setDraft(undefined)}
          />
        )}
        <Button
          icon="plus"
          variant="secondary"
          size="md"
          aria-label={t('editor.filters.add', 'Add a filter')}
          disabled={draft !== undefined}
          onClick={() => setDraft(NEW)}
        />
      </Stack>
    </InlineField>
  );
}
