import { useMemo, useState } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { Card } from '../common/Card';
import { useNow } from '../hooks/useNow';
import { isFailure, isOpen } from '../model/status';
import { toWaterfall } from '../model/waterfall';
import { StepRow } from './StepRow';
import { useLastSuccess } from './useLastSuccess';
import { t } from '../../i18n/t';

/** More steps than these are folded, so that the log stays in sight. */
const SHOWN = 6;

/** The run's steps on one scale of time, each against how long it took in the last success. */
export function StepsCard({ run }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  const [all, setAll] = useState(false);
  const now = useNow(isOpen(run.status) ? 1000 : undefined);
  const lastSuccess = useLastSuccess(run);
  const { rows } = useMemo(() => toWaterfall(run.steps, now), [run.steps, now]);
  const usual = new Map(lastSuccess?.steps.map((step) => [step.step, step.duration_ms ?? undefined]));
  // Folded away or not, a failed step is always among the ones that are shown.
  const shown =
    all || rows.length <= SHOWN + 1 ? rows : rows.filter((row, index) => index < SHOWN || isFailure(row.status));
  const hidden = rows.length - shown.length;
  return (
    <Card
      title={t('run.stepsCard.steps', 'Steps')}
      note={lastSuccess ? t('run.stepsCard.the-thin-line-is', 'the thin line is the last success') : undefined}
    >
      <div role="list" className={styles.rows}>
        {shown.map((row) => (
          <StepRow key={row.step} row={row} before={usual.get(row.step)} />
        ))}
      </div>
      {hidden > 0 && (
        <Button size="sm" variant="secondary" fill="text" icon="angle-down" onClick={() => setAll(true)}>
          {t('run.stepsCard.show-more', 'Show {{hidden}} more', { hidden })}
        </Button>
      )}
    </Card>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  rows: css({ display: 'grid', gap: theme.spacing(0.25) }),
});
