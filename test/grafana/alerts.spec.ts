import { expect, test } from './test.js';
import { fresh, sendLines, sendRuns, SOURCE_UID } from './service.js';

const FOLDER = 'joblens-e2e';

/** One of the rules in provisioning/alerting, for one job and asked every ten seconds. */
function ruleOf(job: string) {
  const streak = { question: 'streak', filters: [{ field: 'job', op: '=', value: job }] };
  const query = (refId: string, model: object) => ({
    refId,
    datasourceUid: SOURCE_UID,
    relativeTimeRange: { from: 86_400, to: 0 },
    model: { refId, format: 'numeric', ...model },
  });
  return {
    title: `Streak of ${job}`,
    condition: 'C',
    for: '0s',
    noDataState: 'OK',
    execErrState: 'Error',
    folderUID: FOLDER,
    ruleGroup: job,
    orgID: 1,
    annotations: {
      summary: '{{ $labels.job }} failed {{ $values.A.Value }} times in a row',
      error_line: '{{ $values.B.Labels.error_line }}',
      run_url: '{{ $values.B.Labels.path }}',
    },
    data: [
      query('A', streak),
      query('B', { question: 'capture', of: streak }),
      {
        refId: 'C',
        datasourceUid: '__expr__',
        model: {
          refId: 'C',
          type: 'threshold',
          expression: 'A',
          conditions: [{ evaluator: { type: 'gt', params: [1] } }],
        },
      },
    ],
  };
}

interface Alert {
  state: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

test('an alert rule fires for the job that fails, says why, and clears with its next success', async ({ page }) => {
  test.setTimeout(240_000);
  const { request } = page;
  const job = fresh('alert');
  await request.post('/api/folders', { data: { uid: FOLDER, title: 'Joblens e2e' } });
  const at = Date.now() - 120_000;
  const run = (id: string, status: string, minute: number) => ({
    job,
    run: id,
    status,
    started_at: at + minute * 10_000,
    finished_at: at + minute * 10_000 + 5000,
  });
  await sendRuns(run('1', 'failed', 1), run('2', 'failed', 2));
  await sendLines({ job, run: '2', time: at + 22_000, level: 'error', message: 'disk /var is full' });

  const created = await request.post('/api/v1/provisioning/alert-rules', { data: ruleOf(job) });
  expect(created.status(), await created.text()).toBe(201);
  const { uid } = await created.json();
  await request.put(`/api/v1/provisioning/folder/${FOLDER}/rule-groups/${encodeURIComponent(job)}`, {
    data: { title: job, folderUid: FOLDER, interval: 10, rules: [{ ...ruleOf(job), uid }] },
  });

  const alerts = async (): Promise<Alert[]> => {
    const answer = await request.get('/api/prometheus/grafana/api/v1/alerts');
    const { data } = await answer.json();
    return data.alerts.filter(
      (alert: Alert) => alert.labels.job === job && alert.labels.alertname === `Streak of ${job}`
    );
  };
  const states = async () => (await alerts()).map(({ state }) => state);
  await expect.poll(states, { timeout: 90_000, intervals: [2000] }).toEqual(['Alerting']);
  const [alert] = await alerts();
  expect(alert?.annotations).toMatchObject({
    summary: `${job} failed 2 times in a row`,
    error_line: 'disk /var is full',
  });
  expect(alert?.annotations.run_url).toMatch(/^\/a\/joblens-history-app\/run\?/);

  await sendRuns(run('3', 'succeeded', 3));
  await expect.poll(states, { timeout: 90_000, intervals: [2000] }).not.toContain('Alerting');
  await request.delete(`/api/v1/provisioning/alert-rules/${uid}`);
});

test('the provisioned rules are evaluated without an error', async ({ page }) => {
  const read = async () => {
    const answer = await page.request.get('/api/prometheus/grafana/api/v1/rules');
    const { data } = await answer.json();
    const groups: Array<{
      rules: Array<{ name: string; health: string; lastError?: string; labels?: Record<string, string> }>;
    }> = data.groups;
    return groups.flatMap(({ rules }) => rules).filter(({ labels }) => labels?.source === 'joblens');
  };
  await expect
    .poll(async () => (await read()).map(({ health }) => health), { timeout: 100_000 })
    .not.toContain('unknown');
  const rules = await read();
  expect(rules.length).toBeGreaterThan(8);
  expect(rules.filter(({ health }) => health === 'error')).toEqual([]);
});
