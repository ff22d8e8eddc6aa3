import { Field, Input } from '@grafana/ui';
import type { ServiceError } from '../../../components/client/ServiceError';
import { wrongAt } from '../form';
import { KINDS, type Days, type Kind } from './draft';
import { t } from '../../../i18n/t';

const kindLabels = (): Record<Kind, string> => ({
  runs: t('retention.daysFields.runs', 'Runs'),
  lines: t('retention.daysFields.log-lines', 'Log lines'),
  records: t('retention.daysFields.records', 'Records'),
});

interface Props {
  /** Makes the inputs' ids. */
  id: string;
  /** Where these stand in what is sent: "" or "jobs.<job>.". */
  path: string;
  days: Days;
  placeholder?: Days;
  editable: boolean;
  error?: ServiceError;
  onChange(days: Days): void;
}

export function DaysFields({ id, path, days, placeholder, editable, error, onChange }: Props) {
  return KINDS.map((kind) => (
    <Field
      key={kind}
      label={t('retention.daysFields.days', '{{labels}}, days', { labels: kindLabels()[kind] })}
      noMargin
      {...wrongAt(error, `${path}${kind}`)}
    >
      <Input
        id={`retention-${id}-${kind}`}
        type="number"
        min={1}
        width={14}
        readOnly={!editable}
        placeholder={placeholder?.[kind]}
        value={days[kind]}
        onChange={(event) => onChange({ ...days, [kind]: event.currentTarget.value })}
      />
    </Field>
  ));
}
