import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from './test.js';
import { SOURCE_UID } from './service.js';

/** Whatever other Joblens this Grafana asks, these are about the one that the tests send to. */
const SOURCE = { 'var-datasource': SOURCE_UID };
const folder = resolve(import.meta.dirname, '../../plugin/src/dashboards');

interface Stored {
  uid: string;
  title: string;
  panels: Array<{ id: number; title: string; type: string }>;
}
const dashboards = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file): Stored => JSON.parse(readFileSync(resolve(folder, file), 'utf8')));

test.describe('every panel shows something', () => {
  // Grafana asks for a panel only once it is in view: here all are.
  test.use({ viewport: { width: 1360, height: 3000 } });

  for (const { uid, title, panels } of dashboards) {
    test(title, async ({ gotoDashboardPage, page }) => {
      const dashboard = await gotoDashboardPage({ uid, queryParams: new URLSearchParams(SOURCE) });
      for (const { title, type } of panels.filter((panel) => panel.type !== 'row')) {
        const panel = dashboard.getPanelByTitle(title);
        await expect(panel.locator).toBeVisible();
        await expect(panel.locator.getByLabel('Panel loading bar')).toHaveCount(0);
        await expect(panel.getErrorIcon()).toHaveCount(0);
        if (type !== 'alertlist') {
          await expect(panel.locator.getByText('No data', { exact: true })).toHaveCount(0);
        }
      }
      await expect(page.getByText('Panel plugin not found')).toHaveCount(0);
    });
  }
});

/** The overview's panel of jobs alone: on the whole dashboard it asks only once it is scrolled to. */
const jobsPanel = (params: Record<string, string> = {}) => {
  const { id } = dashboards
    .find(({ uid }) => uid === 'joblens-overview')!
    .panels.find(({ title }) => title === 'Jobs')!;
  return {
    uid: 'joblens-overview',
    queryParams: new URLSearchParams({ viewPanel: `panel-${id}`, ...SOURCE, ...params }),
  };
};

test('a variable narrows the dashboard, and its choice stays in the link', async ({ gotoDashboardPage, page }) => {
  await gotoDashboardPage(jobsPanel({ 'var-type': 'export' }));
  await expect(page.getByRole('link', { name: 'billing/invoice-export' }).first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'web/image-resize' })).toHaveCount(0);
  expect(new URL(page.url()).searchParams.get('var-type')).toBe('export');
});

test('a job in a table leads to its page', async ({ gotoDashboardPage, page }) => {
  await gotoDashboardPage(jobsPanel());
  const link = page.getByRole('link', { name: 'billing/invoice-export' }).first();
  await expect(link).toHaveAttribute('href', /\/a\/joblens-history-app\/job\?job=billing%2Finvoice-export&var-ds=/);
});
