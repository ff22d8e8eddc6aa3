import { useMemo } from 'react';
import { Combobox, InlineField, Stack } from '@grafana/ui';
import { t } from '../../i18n/t';
import type { Filter } from '../types';
import type { SuggestingProps } from './props';
import { useSuggestions } from './useSuggestions';

const NO_FILTERS: Filter[] = [];

/** One run by its job and id. Left empty, questions that can do without are asked over the range. */
export function RunField(props: SuggestingProps) {
  const { query, onChange, id } = props;
  const { job, run } = query;
  const ofJob = useMemo<Filter[]>(() => (job ? [{ field: 'job', op: '=', value: job }] : NO_FILTERS), [job]);
  const jobs = useSuggestions(props, 'job', NO_FILTERS);
  const runs = useSuggestions(props, 'run', ofJob);
  return (
    <Stack wrap="wrap" gap={1}>
      <InlineField label={t('editor.run.job', 'Of job')}>
        <Combobox
          id={`${id}-job`}
          width={32}
          placeholder={t('editor.run.placeholder', 'any')}
          isClearable
          createCustomValue
          options={jobs}
          value={job ? { value: job, label: job } : null}
          onChange={(option) => onChange({ job: option?.value, run: undefined })}
        />
      </InlineField>
      <InlineField label={t('editor.run.run', 'Run')} disabled={!job}>
        <Combobox
          id={`${id}-run`}
          width={32}
          placeholder={t('editor.run.placeholder', 'any')}
          isClearable
          createCustomValue
          disabled={!job}
          options={runs}
          value={run ? { value: run, label: run } : null}
          onChange={(option) => onChange({ run: option?.value })}
        />
      </InlineField>
    </Stack>
  );
}
