import { InlineField } from '@grafana/ui';
import { t } from '../../i18n/t';
import type { FieldProps } from './props';
import { TextInput } from './TextInput';

const numbers = () => ({
  limit: {
    label: t('editor.number.limit', 'Limit'),
    tooltip: t('editor.number.limit-help', 'How many rows at most'),
    usual: t('editor.number.usual', 'usual'),
  },
  buckets: {
    label: t('editor.number.buckets', 'Buckets'),
    tooltip: t('editor.number.buckets-help', 'Into how many durations the runs are sorted'),
    usual: '30',
  },
  minRuns: {
    label: t('editor.number.minRuns', 'At least'),
    tooltip: t('editor.number.minRuns-help', 'Jobs with fewer runs are left out'),
    usual: t('editor.number.minRuns-usual', '5 runs'),
  },
  baselineDays: {
    label: t('editor.number.baselineDays', 'Baseline'),
    tooltip: t('editor.number.baselineDays-help', "Days before the range that say what is the job's usual"),
    usual: t('editor.number.baselineDays-usual', '28 days'),
  },
});

interface Props extends FieldProps {
  name: keyof ReturnType<typeof numbers>;
}

/** A whole number from 1; empty means the question's own. */
export function NumberField({ query, onChange, id, name }: Props) {
  const { label, tooltip, usual } = numbers()[name];
  return (
    <InlineField label={label} tooltip={tooltip}>
      <TextInput
        id={`${id}-${name}`}
        width={12}
        type="number"
        min={1}
        placeholder={usual}
        value={query[name]?.toString() ?? ''}
        onCommit={(text) => {
          const number = Math.trunc(Number(text));
          onChange({ [name]: number >= 1 ? number : undefined });
        }}
      />
    </InlineField>
  );
}
