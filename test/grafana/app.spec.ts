import { expect, test } from './test.js';
import { fresh, sendLines, sendRuns } from './service.js';

const PAGES = ['now', 'history', 'jobs', 'failures', 'trends', 'settings'];

for (const name of PAGES) {
  test(`the page "${name}" opens without an error`, async ({ gotoAppPage, page }) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await gotoAppPage({ pluginId: 'joblens-history-app', path: `/${name}` });
    await expect(page.getByRole('main').first()).toBeVisible();
    await expect(page.locator('h1').first()).toBeVisible();
    await expect(page.getByText(/An unexpected error happened|Page not found|App not found/i)).toHaveCount(0);
    await expect(page.getByRole('alert').filter({ hasText: /error|failed to/i })).toHaveCount(0);
    expect(errors).toEqual([]);
  });
}

test('a run shows its log', async ({ gotoAppPage, page }) => {
  const job = fresh('page');
  await sendRuns({ job, run: 'one', status: 'failed', started_at: Date.now() - 5000, finished_at: Date.now() });
  await sendLines({ job, run: 'one', time: Date.now() - 1000, level: 'error', message: 'disk /var is full' });
  await gotoAppPage({ pluginId: 'joblens-history-app', path: `/run?job=${encodeURIComponent(job)}&run=one` });
  await expect(page.getByRole('region', { name: 'Log lines' }).getByText('disk /var is full')).toBeVisible();
});

test('a job and a run can be linked to by their names', async ({ gotoAppPage, page }) => {
  const job = encodeURIComponent('billing/invoice-export');
  await gotoAppPage({ pluginId: 'joblens-history-app', path: `/job?job=${job}` });
  await expect(page.getByRole('heading', { name: /billing\/invoice-export/ }).first()).toBeVisible();
});
