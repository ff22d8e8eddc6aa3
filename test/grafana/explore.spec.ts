import { expect, test } from './test.js';
import { exploreUrl } from './explore.js';
import { fresh, sendLines, sendRuns } from './service.js';

const job = fresh('logs');

test.beforeAll(async () => {
  const at = Date.now() - 60_000;
  await sendRuns({ job, run: 'one', status: 'failed', started_at: at - 5000, finished_at: at, message: 'disk full' });
  // All of one millisecond, some with the same text.
  const lines = Array.from({ length: 40 }, (_, i) => ({
    message: i % 10 === 9 ? 'again' : `step ${String(i).padStart(2, '0')}`,
  }));
  await sendLines(...lines.map((line) => ({ ...line, job, run: 'one', time: at, level: 'info', stream: 'stdout' })), {
    job,
    run: 'one',
    time: at + 1,
    level: 'error',
    message: 'write failed: no space left',
    stream: 'stderr',
  });
});

const query = () => ({ question: 'lines', filters: [{ field: 'job', op: '=', value: job }] });

test('Explore shows lines, their volume, and what a line says of itself', async ({ page }) => {
  await page.goto(exploreUrl(query()));
  await expect(page.getByText('write failed: no space left').first()).toBeVisible();
  await expect(page.getByText('Logs volume')).toBeVisible();
  await expect(page.getByText(/Total: 40/)).toBeVisible();

  await page.getByText('write failed: no space left').first().click();
  const link = page.getByRole('link', { name: 'Open run' }).first();
  await expect(link).toHaveAttribute(
    'href',
    new RegExp(`/a/joblens-history-app/run\\?job=${encodeURIComponent(job)}&run=one`)
  );
});

test('a filter can be set from a line and taken away again', async ({ page }) => {
  await page.goto(exploreUrl(query()));
  await page.getByText('write failed: no space left').first().click();
  const field = page
    .getByText('stderr', { exact: true })
    .first()
    .locator('xpath=ancestor::*[.//button[starts-with(@aria-label, "Filter out")]][1]');
  await field.getByRole('button', { name: /^Filter for value/ }).click();
  await expect(page.getByRole('button', { name: 'Remove the filter on stream' })).toBeVisible();
  await expect(page.getByText(/Total: 40/)).toHaveCount(0);
  await field.getByRole('button', { name: /^Remove filter/ }).click();
  await expect(page.getByText(/Total: 40/)).toBeVisible();
});

test('the context of a line keeps the order of lines of one time', async ({ page }) => {
  await page.goto(exploreUrl({ ...query(), search: 'step 20' }));
  await page.getByText('step 20').last().hover();
  await page.getByRole('button', { name: 'Log menu' }).first().click();
  await page.getByRole('menuitem', { name: 'Show context' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('step 24')).toBeVisible();
  const shown = await dialog.getByText(/^(step \d\d|again)$/).allTextContents();
  const steps = shown.filter((text) => text.startsWith('step') && text !== 'step 20');
  expect([...steps].sort()).toEqual(steps[0]! < steps.at(-1)! ? steps : [...steps].reverse());
  expect(shown.filter((text) => text === 'again').length).toBeGreaterThanOrEqual(2);
});

test('a running log is followed live', async ({ page }) => {
  const running = fresh('live');
  await sendRuns({ job: running, run: 'r', status: 'running', started_at: Date.now() });
  await sendLines({ job: running, run: 'r', time: Date.now(), message: 'first line' });
  await page.goto(exploreUrl({ question: 'lines', job: running, run: 'r' }));
  await expect(page.getByText('first line').first()).toBeVisible();
  await page.getByRole('button', { name: /live/i }).first().click();
  for (const n of [1, 2, 3]) {
    await sendLines({ job: running, run: 'r', time: Date.now(), message: `live line ${n}` });
  }
  await expect(page.getByText('live line 3').first()).toBeVisible();
  await expect(page.getByText('first line').first()).toBeVisible();
});
