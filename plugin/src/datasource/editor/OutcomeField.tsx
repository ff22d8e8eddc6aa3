import { InlineField, RadioButtonGroup } from '@grafana/ui';
import { t } from '../../i18n/t';
import type { QueryFields } from '../types';
import type { FieldProps } from './props';

type Outcome = NonNullable<QueryFields['outcome']> | undefined;
type Option = { label: string; value: Outcome };

const rates = (): Option[] => [
  { label: t('editor.outcome.success', 'Success'), value: 'success' },
  { label: t('editor.outcome.failure', 'Failure'), value: 'failure' },
  { label: t('editor.outcome.both', 'Both'), value: 'both' },
];
const records = (): Option[] => [
  { label: t('editor.outcome.all', 'All'), value: undefined },
  { label: t('editor.outcome.success', 'Success'), value: 'success' },
  { label: t('editor.outcome.failure', 'Failure'), value: 'failure' },
];

/** For rates which share is meant; for records which ones. */
export function OutcomeField({ query, onChange, id }: FieldProps) {
  const isRate = query.question === 'rate';
  return (
    <InlineField label={t('editor.outcome.label', 'Outcome')}>
      <RadioButtonGroup<Outcome>
        id={`${id}-outcome`}
        options={isRate ? rates() : records()}
        value={query.outcome ?? (isRate ? 'success' : undefined)}
        onChange={(outcome) => onChange({ outcome })}
      />
    </InlineField>
  );
}
