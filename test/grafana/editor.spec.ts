import { expect, test } from './test.js';
import { SOURCE_NAME } from './service.js';

test('a new panel shows runs at once, and another question keeps what applies', async ({ panelEditPage, page }) => {
  await panelEditPage.datasource.set(SOURCE_NAME);
  await panelEditPage.timeRange.set({ from: 'now-7d', to: 'now' });
  // Nothing chosen yet: how many runs, by status.
  await expect(page.getByText('succeeded').first()).toBeVisible();

  const row = panelEditPage.getQueryEditorRow('A');
  const choose = async (label: string) => {
    await row.getByRole('combobox', { name: 'Question' }).click();
    await page.getByRole('option', { name: new RegExp(`^${label}`) }).click();
  };
  await row.getByRole('button', { name: 'Add a filter' }).click();
  await row.getByRole('combobox', { name: 'Field' }).click();
  await page.getByRole('option', { name: 'Type', exact: true }).click();
  await row.getByRole('combobox', { name: /value/i }).first().fill('etl');
  await page.getByRole('option', { name: /^etl/ }).first().click();
  await choose('Durations');
  await expect(page.getByText('p95').first()).toBeVisible();
  await expect(row.getByText('etl').or(row.locator('input[value="etl"]')).first()).toBeVisible();
});

test('Job History is a panel like any other', async ({ panelEditPage, page }) => {
  await panelEditPage.datasource.set(SOURCE_NAME);
  await panelEditPage.setVisualization('Job History');
  await panelEditPage.timeRange.set({ from: 'now-7d', to: 'now' });
  await expect(page.getByText('Success rate').first()).toBeVisible();
  await expect(
    page
      .getByRole('textbox', { name: /job, run, user/i })
      .or(page.getByPlaceholder(/Job, run, user/i))
      .first()
  ).toBeVisible();
});
