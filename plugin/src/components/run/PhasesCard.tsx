import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { Card } from '../common/Card';
import { PHASES } from '../model/recordGroups';
import { PhasePart } from './PhasePart';
import { TagList } from './TagList';
import { t } from '../../i18n/t';

/** What the run replicated: its schema (metadata) and its rows (data), each counted and linked to its records. */
export function PhasesCard({ run }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  return (
    <Card title={t('run.phasesCard.metadata-and-data', 'Metadata and data')}>
      <div className={styles}>
        {PHASES.map((phase) => (
          <PhasePart key={phase} run={run} phase={phase} />
        ))}
      </div>
      <TagList run={run} />
    </Card>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 190px), 1fr))',
    gap: theme.spacing(1.5, 3),
  });
