import { useState } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, useStyles2 } from '@grafana/ui';
import { toServiceError } from '../../../components/client/ServiceError';
import { useJobHistory } from '../../../components/JobHistoryContext';
import { isRecord, toText, type UnknownRecord } from '../../../components/model/narrow';
import { t } from '../../../i18n/t';

interface Result {
  ok: boolean;
  /** What was done, such as "write 12 ms". */
  steps: string[];
  problem?: string;
}

/** Writes, reads and removes one object with the connection in the form, saved or not. */
export function ConnectionTest({ connection }: { connection: UnknownRecord | undefined }) {
  const styles = useStyles2(getStyles);
  const { client } = useJobHistory();
  const [busy, setBusy] = useState(false);
  const [tested, setTested] = useState<{ connection: string; result: Result }>();
  const asked = JSON.stringify(connection ?? null);
  const test = async () => {
    setBusy(true);
    const result = await client
      .send('POST', 'v1/replication/test', {}, { connection })
      .then(toResult, (error: unknown): Result => ({ ok: false, steps: [], problem: toServiceError(error).message }));
    setBusy(false);
    setTested({ connection: asked, result });
  };
  const result = tested?.connection === asked ? tested.result : undefined;
  return (
    <>
      <Button
        variant="secondary"
        icon={busy ? 'spinner' : undefined}
        disabled={!connection || busy}
        onClick={() => void test()}
      >
        {t('replication.connectionTest.test-connection', 'Test connection')}
      </Button>
      {result && (
        <Alert
          className={styles}
          severity={result.ok ? 'success' : 'error'}
          title={
            result.ok
              ? t('replication.connectionTest.the-connection-works', 'The connection works')
              : t('replication.connectionTest.the-connection-does-not', 'The connection does not work')
          }
        >
          {result.problem && <p>{result.problem}</p>}
          {result.steps.join(', ')}
        </Alert>
      )}
    </>
  );
}

function toResult(answer: unknown): Result {
  const { ok, steps, problem } = isRecord(answer) ? answer : {};
  return {
    ok: ok === true,
    steps: (Array.isArray(steps) ? steps.filter(isRecord) : []).map((step) =>
      t('replication.connectionTest.in-ms', '{{step}}: {{value}} in {{ms}} ms', {
        step: toText(step.step) ?? '',
        value: step.ok === true ? 'done' : 'failed',
        ms: String(step.ms),
      })
    ),
    problem: toText(problem),
  };
}

const getStyles = (theme: GrafanaTheme2) =>
  css({ order: 1, flexBasis: '100%', margin: theme.spacing(1, 0, 0), '& p': { marginBottom: theme.spacing(0.5) } });
