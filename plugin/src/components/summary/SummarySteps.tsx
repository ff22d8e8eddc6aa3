import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { Table } from '../common/Table';
import { durationDelta } from '../model/delta';
import { formatDuration } from '../model/duration';
import { statusLook } from '../model/status';
import { StatusIcon } from '../status/StatusIcon';
import { SummarySection } from './SummarySection';
import { t } from '../../i18n/t';

/** Each step with how long it took, beside the run before. */
export function SummarySteps({ run, previous }: { run: RunAnswer; previous?: RunAnswer }) {
  const styles = useStyles2(getStyles);
  const before = new Map(previous?.steps.map((step) => [step.step, step.duration_ms ?? undefined]));
  return (
    <SummarySection title={t('summary.summarySteps.steps', 'Steps')}>
      <Table
        head={[
          t('summary.summarySteps.step', 'Step'),
          t('summary.summarySteps.status', 'Status'),
          t('summary.summarySteps.duration', 'Duration'),
          ...(previous ? [t('summary.summarySteps.before', 'Before'), t('summary.summarySteps.change', 'Change')] : []),
        ]}
      >
        {run.steps.map((step) => (
          <tr key={step.step}>
            <td>{step.title ?? step.step}</td>
            <td>
              <span className={styles}>
                <StatusIcon status={step.status} size="sm" own decorative /> {statusLook(step.status).own.label}
              </span>
            </td>
            <td>{formatDuration(step.duration_ms)}</td>
            {previous && (
              <>
                <td>{formatDuration(before.get(step.step))}</td>
                <td>{durationDelta(step.duration_ms ?? undefined, before.get(step.step))?.text}</td>
              </>
            )}
          </tr>
        ))}
      </Table>
    </SummarySection>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.5) });
