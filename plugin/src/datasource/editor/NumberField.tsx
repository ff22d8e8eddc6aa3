import { InlineField } from '@grafana/ui';
import type { FieldProps } from './props';
import { TextInput } from './TextInput';

const NUMBERS = {
  limit: { label: 'Limit', tooltip: 'How many rows at most', usual: '' },
  buckets: { label: 'Buckets', tooltip: 'Into how many durations the runs are sorted', usual: '30' },
  minRuns: { label: 'At least', tooltip: 'Jobs with fewer runs are left out', usual: '5 runs' },
  baselineDays: {
    label: 'Baseline',
    tooltip: "Days before the range that say what is the job's usual",
    usual: '28 days',
  },
} as const;

interface Props extends FieldProps {
  name: keyof typeof NUMBERS;
}

/** A whole number from 1; empty means the question's own. */
export function NumberField({ query, onChange, id, name }: Props) {
  const { label, tooltip, usual } = NUMBERS[name];
  return (
    <InlineField label={label} tooltip={tooltip}>
      <TextInput
        id={`${id}-${name}`}
        width={12}
        type="number"
        min={1}
        placeholder={usual || 'usual'}
        value={query[name]?.toString() ?? ''}
        onCommit={(text) => {
          const number = Math.trunc(Number(text));
          onChange({ [name]: number >= 1 ? number : undefined });
        }}
      />
    </InlineField>
  );
}
