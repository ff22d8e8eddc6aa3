import type { ComboboxOption } from '@grafana/ui';
import { t } from '../../i18n/t';
import { MultiField } from './MultiField';
import type { FieldProps } from './props';

const STAT = /^(p\d{1,2}(\.\d{1,3})?|p100|mean|min|max)$/;
const DEFAULT = ['p50', 'p95'];
const options = (): ComboboxOption[] => [
  { value: 'p50', description: t('editor.stats.p50-help', 'Half of the runs were faster') },
  { value: 'p75' },
  { value: 'p90' },
  { value: 'p95', description: t('editor.stats.p95-help', '95 % of the runs were faster') },
  { value: 'p99' },
  { value: 'mean', label: t('editor.stats.mean', 'Mean') },
  { value: 'min', label: t('editor.stats.min', 'Fastest') },
  { value: 'max', label: t('editor.stats.max', 'Slowest') },
];

/** Any percentile can be typed, such as p99.9; what is no statistic is not taken. */
export function StatsField({ query, onChange }: FieldProps) {
  const stats = query.stats ?? DEFAULT;
  const own = stats.filter((stat) => options().every(({ value }) => value !== stat)).map((value) => ({ value }));
  return (
    <MultiField
      label={t('editor.stats.label', 'Statistics')}
      tooltip={t('editor.stats.tooltip', 'Percentiles such as p50 or p99.9, mean, min, max')}
      options={[...options(), ...own]}
      value={stats}
      createCustomValue
      onChange={(chosen) => {
        const valid = chosen.map(({ value }) => value).filter((value) => STAT.test(value));
        onChange({ stats: valid.length > 0 ? valid : undefined });
      }}
    />
  );
}
