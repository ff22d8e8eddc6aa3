import { useState } from 'react';
import { Button } from '@grafana/ui';
import type { Answer } from '../../../components/hooks/useAnswer';
import { useJobHistory } from '../../../components/JobHistoryContext';
import { mayAs } from '../../../components/model/role';
import { CsvButton } from '../../common/CsvButton';
import { Section } from '../../common/Section';
import { SloDialog } from './SloDialog';
import type { SloRow } from './slos';
import { SloTable } from './SloTable';
import { t } from '../../../i18n/t';

/** What is promised, what is left of each error budget, and how fast it burns; administrators set them. */
export function SloSection({ slos }: { slos: Answer<SloRow[]> }) {
  const { role } = useJobHistory();
  const [isAdding, setAdding] = useState(false);
  const { data, error, loading } = slos;
  const admin = mayAs(role, 'admin');
  return (
    <Section
      title={t('slo.sloSection.objectives', 'Objectives')}
      note={t('slo.sloSection.each-over-its-own', 'each over its own days up to the end of the time range')}
      loading={loading}
      error={error}
      actions={
        <>
          {admin && (
            <Button size="sm" icon="plus" variant="secondary" onClick={() => setAdding(true)}>
              {t('slo.sloSection.add-an-objective', 'Add an objective')}
            </Button>
          )}
          <CsvButton name="objectives" rows={data ?? []} columns={COLUMNS} />
        </>
      }
    >
      {data && data.length > 0 && <SloTable rows={data} editable={admin} />}
      {data?.length === 0 && (
        <p>
          {t(
            'slo.sloSection.none-yet-an-objective',
            'None yet. An objective says which share of some runs is to succeed, such as 99 % of a job’s in 28 days; its budget is what may fail.'
          )}
          {!admin && t('slo.sloSection.administrators-set-them', ' Administrators set them.')}
        </p>
      )}
      {isAdding && <SloDialog onClose={() => setAdding(false)} />}
    </Section>
  );
}

const COLUMNS = [
  { name: 'id', value: ({ id }: SloRow) => id },
  { name: 'name', value: ({ name }: SloRow) => name },
  { name: 'owner', value: ({ owner }: SloRow) => owner },
  { name: 'about', value: ({ about }: SloRow) => about.field },
  { name: 'value', value: ({ about }: SloRow) => about.value },
  { name: 'target', value: ({ target }: SloRow) => target },
  { name: 'window_days', value: ({ windowDays }: SloRow) => windowDays },
  { name: 'runs', value: ({ runs }: SloRow) => runs },
  { name: 'failures', value: ({ failures }: SloRow) => failures },
  { name: 'success_rate', value: ({ successRate }: SloRow) => successRate },
  { name: 'budget', value: ({ budget }: SloRow) => budget },
  { name: 'budget_left', value: ({ budgetLeft }: SloRow) => budgetLeft },
  { name: 'burn_rate_fast', value: ({ burnFast }: SloRow) => burnFast },
  { name: 'burn_rate_slow', value: ({ burnSlow }: SloRow) => burnSlow },
];
