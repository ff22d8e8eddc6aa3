/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { call } from '../support/client.js';
import { settled } from '../support/service.js';
import { setUpPages } from './setUp.js';

/** At 20 pixels each, more than a browser can make an element high. */
const LONG = 1_800_000;
const PER_BODY = 450_000;
const EVERY = 100;

const pages = setUpPages(async (url) => {
  const started = new Date(Date.now() - 60_000).toISOString();
  for (const job of ['long', 'short']) {
    await call(url, 'POST', '/v1/runs', { job, run: '1', status: 'succeeded', started_at: started });
  }
  for (let from = 1; from <= LONG; from += PER_BODY) {
    await raw(
      'long',
      Array.from({ length: PER_BODY }, (_, i) => `row ${from + i}`)
    );
  }
  // A match on every hundredth line.
  await raw(
    'short',
    Array.from({ length: 1000 }, (_, i) => `${(i + 1) % EVERY === 0 ? 'slow page' : 'page'} ${i + 1}`)
  );
  await settled(url);
}, 240_000);

async function raw(job: string, lines: string[]): Promise<void> {
  const { status } = await call(pages.url, 'POST', `/v1/jobs/${job}/runs/1/lines`, `${lines.join('\n')}\n`, {
    'content-type': 'text/plain',
  });
  expect(status).toBe(202);
}

async function openLog(job: string): Promise<Page> {
  const page = await pages.open();
  await page.getByRole('link', { name: new RegExp(`: ${job} `) }).click();
  await logLine(page, 1).waitFor();
  return page;
}

const logLine = (page: Page, n: number) => page.locator(`[data-line="${n}"]`);
const box = (page: Page) => page.getByRole('region', { name: 'Log lines' });
const marked = (page: Page) => page.locator('[data-line][aria-current=location]');
/** Numbers of the lines that can be seen. */
const seen = (page: Page) =>
  box(page).evaluate((box) => {
    const { top, bottom } = box.getBoundingClientRect();
    return [...box.querySelectorAll('[data-line]')]
      .filter((line) => line.getBoundingClientRect().top >= top && line.getBoundingClientRect().bottom <= bottom)
      .map((line) => Number(line.getAttribute('data-line')));
  });

describe('a log of 1.8 million lines', () => {
  it('scrolls to its last line, on from there line by line, and to its middle', async () => {
    const page = await openLog('long');
    await box(page).evaluate((box) => box.scrollTo({ top: box.scrollHeight }));
    await logLine(page, LONG).waitFor();
    expect(await logLine(page, LONG).innerText()).toContain(`row ${LONG}`);
    await box(page).hover();
    await page.mouse.wheel(0, -200);
    await expect.poll(async () => (await seen(page)).at(-1), { timeout: 15_000 }).toBeLessThan(LONG - 5);
    expect((await seen(page)).at(-1)).toBeGreaterThan(LONG - 40);
    // The scrollbar goes to the same share of the log.
    await box(page).evaluate((box) => box.scrollTo({ top: (box.scrollHeight - box.clientHeight) / 2 }));
    await expect
      .poll(async () => Math.round(((await seen(page))[0] ?? 0) / (LONG / 100)), { timeout: 15_000 })
      .toBe(50);
    // What is seen may reach into a page of lines that is still on its way.
    await expect
      .poll(
        async () => {
          const lines = await seen(page);
          return lines.length > 20 && lines.every((line, i) => line === (lines[0] ?? 0) + i);
        },
        { timeout: 15_000 }
      )
      .toBe(true);
  });

  it('opens at a line that a link names', async () => {
    const page = await openLog('long');
    const url = new URL(page.url());
    url.searchParams.set('jl.line', '1234567');
    await page.goto(url.href);
    await marked(page).waitFor();
    expect(await marked(page).innerText()).toContain('row 1234567');
    const lines = await seen(page);
    expect(lines).toContain(1_234_567);
    expect(Math.abs((lines.at(0) ?? 0) + (lines.at(-1) ?? 0) - 2 * 1_234_567)).toBeLessThan(4);
  });
});

describe('the matches of a search', () => {
  it('are gone through one by one, with keys or buttons', async () => {
    const page = await openLog('short');
    const search = page.getByRole('textbox', { name: 'Search the log' });
    const place = page.getByRole('group', { name: 'Matches' });
    await search.fill('slow');
    await place.getByText('10 found').waitFor();
    await search.press('Enter');
    await place.getByText('1 of 10').waitFor();
    expect(await marked(page).innerText()).toContain('slow page 100');
    await search.press('Enter');
    await place.getByText('2 of 10').waitFor();
    await search.press('Shift+Enter');
    await place.getByText('1 of 10').waitFor();
    expect(await page.getByRole('button', { name: 'Previous match' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Next match' }).click();
    await place.getByText('2 of 10').waitFor();
    expect(await marked(page).innerText()).toContain('slow page 200');
  });

  it('are shown among all the other lines when asked for', async () => {
    const page = await openLog('short');
    await page.getByRole('textbox', { name: 'Search the log' }).fill('slow');
    await page.getByRole('button', { name: 'Only matching lines' }).click();
    await page.getByRole('button', { name: 'Next match' }).click();
    await page.getByRole('button', { name: 'Next match' }).click();
    await marked(page).waitFor();
    expect(await marked(page).innerText()).toContain('slow page 200');
    await expect.poll(() => seen(page), { timeout: 15_000 }).toEqual(expect.arrayContaining([199, 200, 201]));
    expect(await logLine(page, 200).locator('mark').innerText()).toBe('slow');
  });
});
