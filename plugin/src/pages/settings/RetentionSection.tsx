import { useState } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Field, Input, useStyles2 } from '@grafana/ui';
import { ErrorMessage } from '../../components/common/ErrorMessage';
import { useJobHistory } from '../../components/JobHistoryContext';
import { isRecord, toNumber, type UnknownRecord } from '../../components/model/narrow';
import { plural } from '../../components/model/numbers';
import { Section } from '../common/Section';
import { useChange } from '../common/useChange';
import { useResource } from './useResource';

const KINDS = ['runs', 'lines', 'records'] as const;
type Kind = (typeof KINDS)[number];
const LABELS: Record<Kind, string> = { runs: 'Runs', lines: 'Log lines', records: 'Records' };

/** How many days what is kept. */
export function RetentionSection() {
  const { data, error, loading } = useResource('v1/settings/retention');
  const own = isRecord(data?.jobs) ? Object.keys(data.jobs).length : 0;
  return (
    <Section
      title="Retention"
      note={own > 0 ? `${plural(own, 'job')} with times of their own` : 'days from receipt'}
      loading={loading}
      error={error}
    >
      {data && <RetentionForm key={JSON.stringify(data)} settings={data} />}
    </Section>
  );
}

function RetentionForm({ settings }: { settings: UnknownRecord }) {
  const styles = useStyles2(getStyles);
  const { client } = useJobHistory();
  const [days, setDays] = useState(() =>
    Object.fromEntries(KINDS.map((kind) => [kind, String(toNumber(settings[kind]) ?? '')]))
  );
  const change = useChange();
  const wanted = Object.fromEntries(KINDS.flatMap((kind) => (days[kind] ? [[kind, Number(days[kind])] as const] : [])));
  const save = () => change.run(() => client.send('PUT', 'v1/settings/retention', {}, { ...settings, ...wanted }));
  return (
    <div className={styles}>
      {KINDS.map((kind) => (
        <Field key={kind} label={`${LABELS[kind]}, days`} noMargin>
          <Input
            id={`retention-${kind}`}
            type="number"
            min={1}
            width={16}
            value={days[kind]}
            onChange={(event) => setDays({ ...days, [kind]: event.currentTarget.value })}
          />
        </Field>
      ))}
      <Button disabled={change.busy} onClick={save}>
        Save
      </Button>
      {change.error && <ErrorMessage error={change.error} />}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: theme.spacing(2) });
