import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { call } from '../support/client.js';
import { settled } from '../support/service.js';
import { violations } from './axe.js';
import { setUpPages } from './setUp.js';

const pages = setUpPages(async (url) => {
  const finished_at = new Date(Date.now() - 60_000).toISOString();
  const run = (n: number, status: string) => ({ job: 'export', run: String(n), status, finished_at });
  await call(url, 'POST', '/v1/runs', [run(1, 'failed'), run(2, 'succeeded'), run(3, 'succeeded')]);
  await settled(url);
});

const stored = async () => (await call<{ slos: object[] }>(pages.url, 'GET', '/v1/slos')).body.slos;
const objective = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) });

it('an objective is set, changed and removed by the keyboard alone', { timeout: 120_000 }, async () => {
  const page = await pages.open('/a/joblens-history-app/trends', { reducedMotion: 'reduce' });
  const press = async (...keys: string[]) => {
    for (const key of keys) {
      await page.keyboard.press(key);
    }
  };
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Add an objective' }).focus();
  await press('Enter');
  await dialog.waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.type('Exports go out');
  await dialog.getByRole('textbox', { name: /^Share that succeeds/ }).focus();
  await press('ControlOrMeta+A');
  await page.keyboard.type('100');
  await dialog.getByText('More than 0 and less than 100').waitFor();
  expect(await dialog.getByRole('button', { name: 'Save' }).isEnabled()).toBe(false);
  await press('ControlOrMeta+A');
  await page.keyboard.type('50');
  await press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await objective(page, 'Exports go out').getByText('66.66 %').waitFor();
  expect(await stored()).toMatchObject([{ name: 'Exports go out', target: 0.5, window_days: 28 }]);

  await page.getByRole('button', { name: 'Change Exports go out' }).focus();
  await press('Enter');
  await dialog.getByRole('textbox', { name: 'Owner' }).focus();
  await page.keyboard.type('finance');
  await press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await objective(page, 'Exports go out').getByText('finance').waitFor();

  await page.getByRole('button', { name: 'Change Exports go out' }).focus();
  await press('Enter');
  await dialog.waitFor();
  expect(await dialog.locator(':focus').getAttribute('id')).toBe('slo-name');
  await press('Escape');
  await dialog.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Remove Exports go out' }).focus();
  await press('Enter');
  await dialog.waitFor();
  expect(await dialog.locator(':focus').innerText()).toBe('Remove');
  await press('Enter');
  await page.getByText('None yet. An objective says').waitFor();
  expect(await stored()).toEqual([]);
});
