import { useEffect, useState } from 'react';
import { LoadingPlaceholder } from '@grafana/ui';
import type { RunAnswer } from '../../components/client/answers';
import type { Answer } from '../../components/hooks/useAnswer';
import { LogView } from '../../components/log/LogView';
import { NewLinesProvider } from '../../components/log/newLines';
import { isFailure } from '../../components/model/status';
import type { Comparison } from './comparison';
import { t } from '../../i18n/t';

/** How long a failed run's log waits to open at its first new line; after that it opens at its first error. */
const PATIENCE_MS = 2000;

/** The log, with what the last success had not marked in it. */
export function ComparedLog({ run, comparison }: { run: RunAnswer; comparison: Answer<Comparison | undefined> }) {
  const [patient, setPatient] = useState(isFailure(run.status) && run.last_success !== null);
  useEffect(() => {
    const timer = setTimeout(() => setPatient(false), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (patient && comparison.loading && !comparison.data) {
    return (
      <LoadingPlaceholder text={t('run.comparedLog.comparing-with-the-last', 'Comparing with the last success')} />
    );
  }
  return (
    <NewLinesProvider value={comparison.data?.fresh}>
      <LogView run={run} />
    </NewLinesProvider>
  );
}
