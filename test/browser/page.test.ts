/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { readDownload } from './browser.js';
import { ERROR_AT, ERROR_LINE, FAILED, LONG_LENGTH, sendHistory } from './history.js';
import { setUpPages } from './setUp.js';

const pages = setUpPages(sendHistory);
const { open } = pages;

const rows = (page: Page) => page.getByRole('list', { name: 'Runs, newest first' }).getByRole('link');
const logLine = (page: Page, n: number) => page.locator(`[data-line="${n}"]`);
const param = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);
const failedRunLink = (page: Page) => page.locator(`a[data-run="${FAILED.run}"]`);

describe('the history on the page', () => {
  it('shows figures, both charts and the newest runs', async () => {
    const page = await open();
    await rows(page).first().waitFor();
    // The list and the figures are asked separately: either may come first.
    const figure = (name: string) => page.getByRole('group', { name }).innerText();
    await expect.poll(() => figure('Success rate'), { timeout: 15_000 }).toContain('96.3\u00a0%');
    await expect.poll(() => figure('Runs'), { timeout: 15_000 }).toContain('301');
    await page.getByRole('img', { name: /Runs by status over time: 301 runs, 11 of them/ }).waitFor();
    await page.getByRole('img', { name: /Durations of succeeded runs over time: p50 between/ }).waitFor();
    expect(await rows(page).first().innerText()).toContain(FAILED.job);
    expect(await rows(page).first().innerText()).toContain(ERROR_LINE);
  });

  it('narrows the list to a status, and widens it again with the back button', async () => {
    const page = await open();
    await page.getByRole('button', { name: /^Failed/ }).click();
    await page.waitForFunction(() => document.querySelectorAll('[role=listitem]').length === 11);
    expect(param(page, 'jl.status')).toBe('failed');
    const names = await rows(page).evaluateAll((links) => links.map((link) => link.textContent));
    expect(names.every((name) => name?.startsWith('Failed:'))).toBe(true);
    await page.goBack();
    await page.waitForFunction(() => document.querySelectorAll('[role=listitem]').length > 11);
  });

  it('finds runs by words, and says so when there are none', async () => {
    const page = await open();
    const search = page.getByRole('textbox', { name: 'Search job, run, user and message' });
    await search.fill('contacts <b>');
    await page.waitForFunction(() =>
      [...document.querySelectorAll('[role=listitem]')].every((row) =>
        row.textContent?.includes('contacts <b>&refresh')
      )
    );
    await search.fill('no such thing');
    await page.getByText('No run in this time range matches the filters.').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).last().click();
    await rows(page).first().waitFor();
  });

  it('loads older runs while one scrolls', async () => {
    const page = await open();
    await rows(page).first().waitFor();
    await rows(page).first().focus();
    const last = page.locator('[aria-posinset="301"]');
    // The end is where the pages that are there so far end.
    await expect
      .poll(
        async () => {
          await page.keyboard.press('End');
          return last.isVisible();
        },
        { timeout: 30_000 }
      )
      .toBe(true);
    expect(await page.locator('[role=listitem]').count()).toBeLessThan(80);
  });
});

describe('a failed run', () => {
  it('opens at its first error line, with the reason and what to do', async () => {
    const page = await open();
    await failedRunLink(page).click();
    await logLine(page, ERROR_AT).waitFor();
    expect(await logLine(page, ERROR_AT).isVisible()).toBe(true);
    expect(await logLine(page, ERROR_AT).getAttribute('aria-current')).toBe('location');
    expect(await logLine(page, ERROR_AT).innerText()).toContain(ERROR_LINE);
    await page.getByText('Check the credentials of svc-billing').waitFor();
    await page.getByRole('link', { name: '2 FailedRecords' }).waitFor();
    expect(param(page, 'jl.run')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('comes back in a fresh browser from its URL, at the line that was marked', async () => {
    const page = await open();
    await failedRunLink(page).click();
    await logLine(page, 118).getByRole('link', { name: 'Line 118' }).click();
    await page.waitForFunction(() => new URL(location.href).searchParams.get('jl.line') === '118');
    const { pathname, search } = new URL(page.url());
    const fresh = await open(pathname + search);
    await logLine(fresh, 118).waitFor();
    expect(await logLine(fresh, 118).getAttribute('aria-current')).toBe('location');
    expect(await logLine(fresh, ERROR_AT).getAttribute('aria-current')).toBeNull();
  });

  it('shows errors only, with a way back to the lines around them', async () => {
    const page = await open();
    await failedRunLink(page).click();
    await page.getByRole('button', { name: 'Errors 1' }).click();
    await page.getByText('1 of 400 lines').waitFor();
    expect(await page.locator('[data-line]').count()).toBe(1);
    await page.getByRole('link', { name: '⋯ 120 lines left out' }).click();
    await logLine(page, 120).waitFor();
  });

  it('searches its log and marks what was found', async () => {
    const page = await open();
    await failedRunLink(page).click();
    await page.getByRole('textbox', { name: 'Search the log' }).fill('NO ANSWER');
    await page.getByText('1 of 400 lines').waitFor();
    expect(await page.locator('mark').innerText()).toBe('no answer');
  });

  it('shows colours and HTML as text, and cuts a line of 200,000 characters until asked', async () => {
    const page = await open();
    await failedRunLink(page).click();
    await logLine(page, 118).waitFor();
    expect(await logLine(page, 118).innerText()).toContain('green <img src=x onerror="document.title=1"> stays text');
    expect(await page.title()).toBe('Joblens');
    const shown = async () => (await logLine(page, 119).innerText()).length;
    expect(await shown()).toBeLessThan(3000);
    await logLine(page, 119).getByRole('button', { name: 'show all 200,000 characters' }).click();
    await page.waitForFunction(
      (length) => (document.querySelector('[data-line="119"]')?.textContent?.length ?? 0) > length,
      LONG_LENGTH - 1
    );
  });

  it('lists its failed records from their count', async () => {
    const page = await open();
    await failedRunLink(page).click();
    await page.getByRole('link', { name: '2 FailedRecords' }).click();
    const records = page.getByRole('region', { name: 'List of records' });
    await records.getByText('invoice-1').waitFor();
    expect(await records.getByText('duplicate key (order_id)=(88213)').count()).toBe(2);
    await page.getByRole('textbox', { name: 'Search the records' }).fill('invoice-2');
    await records.getByText('invoice-1').waitFor({ state: 'detached' });
  });

  it('downloads its whole log', async () => {
    const page = await open();
    await failedRunLink(page).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download the whole log' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('billing_invoice-export-known-failure.log');
    expect(await readDownload(download)).toContain(`\n${ERROR_LINE}\n`);
  });
});

describe('without a mouse', () => {
  it('goes to a run, into its log and back to the same row', async () => {
    const page = await open();
    await rows(page).first().waitFor();
    for (let presses = 0; presses < 40 && !(await focusIsOnRow(page)); presses++) {
      await page.keyboard.press('Tab');
    }
    expect(await focusIsOnRow(page)).toBe(true);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await logLine(page, ERROR_AT).waitFor();
    await page.keyboard.press('Escape');
    await rows(page).first().waitFor();
    expect(param(page, 'jl.run')).toBeNull();
    await page.waitForFunction((run) => document.activeElement?.getAttribute('data-run') === run, FAILED.run);
  });
});

const focusIsOnRow = (page: Page) => page.evaluate(() => document.activeElement?.hasAttribute('data-run') ?? false);

describe('looks', () => {
  it('follows the system, and keeps what was chosen', async () => {
    const page = await open('/', { colorScheme: 'light' });
    await rows(page).first().waitFor();
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.getByRole('button', { name: 'Switch to dark' }).click();
    await page.getByRole('button', { name: 'Switch to light' }).waitFor();
    expect(await background()).not.toBe(light);
    await page.reload();
    await page.getByRole('button', { name: 'Switch to light' }).waitFor();
  });

  it('fits a phone, with the newest error line first', async () => {
    const page = await open('/', { viewport: { width: 390, height: 844 } });
    await rows(page).first().waitFor();
    const overview = page.getByRole('region', { name: 'Overview' });
    expect(await overview.getByRole('link').first().innerText()).toContain(ERROR_LINE);
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await overview.getByRole('link').first().click();
    await page.getByRole('article', { name: 'Run' }).getByText(ERROR_LINE).first().waitFor();
    expect(await overflow()).toBeLessThanOrEqual(0);
  });
});
