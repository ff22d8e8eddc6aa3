/// <reference lib="dom" />
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type TestService } from '../support/service.js';
import { violations } from './axe.js';
import { launchBrowser, openPage, type Opened } from './browser.js';
import { ERROR_AT, ERROR_LINE, FAILED, sendHistory } from './history.js';

const JOB = encodeURIComponent(FAILED.job);
const RUN = `run?job=${JOB}&run=${FAILED.run}`;
let service: TestService;
let browser: Browser;
let opened: Opened;
let page: Page;

beforeAll(async () => {
  [service, browser] = await Promise.all([startService(), launchBrowser()]);
  await sendHistory(service.url);
  opened = await openPage(browser, 'about:blank', { reducedMotion: 'reduce' });
  page = opened.page;
  await load('now');
  await page.getByRole('main').waitFor();
});
afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

const addressOf = (path: string) => `/a/joblens-history-app/${path}`;
const load = (path: string) => page.goto(service.url + addressOf(path));
/** Opens a page in place, as a link to it does. */
const follow = (path: string) =>
  page.evaluate((href) => {
    const link = document.body.appendChild(document.createElement('a'));
    link.setAttribute('href', href);
    link.click();
    link.remove();
  }, addressOf(path));
const param = (name: string) => new URL(page.url()).searchParams.get(name);
const logLine = (n: number) => page.locator(`[data-line="${n}"]`);
const heading = (name: string | RegExp) => page.getByRole('heading', { name });
const failingJob = () => page.getByRole('listitem').filter({ hasText: 'last run failed' });

/** Every page: its address, and what has to be there before anybody would call it shown. */
const PAGES: ReadonlyArray<[string, string, () => Promise<unknown>]> = [
  [
    'Now',
    'now',
    async () => {
      await page.getByRole('link', { name: /^Failing 2 of 4 jobs/ }).waitFor();
      await failingJob().getByRole('link', { name: ERROR_LINE }).waitFor();
      await page.getByRole('region', { name: /^Failure rate/ }).waitFor();
      await heading(/^Newest errors · 2 kinds/).waitFor();
    },
  ],
  [
    'Job history',
    'history',
    async () => {
      await page.getByRole('link', { name: `Failed: ${FAILED.job}` }).waitFor();
      await page.getByRole('img', { name: /^Runs by status over time: 301 runs/ }).waitFor();
    },
  ],
  [
    'Jobs',
    'jobs',
    async () => {
      const row = page.getByRole('table', { name: 'Jobs' }).getByRole('row').filter({ hasText: 'orders-sync' });
      await row.getByText('90.0\u00a0%').waitFor();
    },
  ],
  [
    'Job',
    `job?job=${JOB}`,
    async () => {
      await page.getByRole('list', { name: 'Runs on a scale of time' }).getByRole('link').waitFor();
      await heading(/^Days · the last 13 weeks/).waitFor();
      await page.getByRole('tab', { name: 'Failures' }).waitFor();
    },
  ],
  [
    'Job: compare periods',
    `job/compare?job=${JOB}`,
    async () => {
      await page.getByRole('row', { name: /^Success rate/ }).waitFor();
      await page.getByRole('row', { name: /UpstreamTimeout/ }).waitFor();
    },
  ],
  [
    'Job: schedule and config',
    `job/schedule?job=${JOB}`,
    async () => {
      await heading('When it is expected').waitFor();
      await page.getByText('No run was missed in this time range.').waitFor();
    },
  ],
  [
    'Run',
    RUN,
    async () => {
      await page.getByText('Check the credentials of svc-billing').waitFor();
      await logLine(ERROR_AT).waitFor();
      await heading('Compared with the last success').waitFor();
    },
  ],
  [
    'Failures',
    'failures',
    async () => {
      await page.getByRole('link', { name: ERROR_LINE }).waitFor();
      await page.getByRole('link', { name: 'warehouse/orders-sync 10' }).waitFor();
    },
  ],
  [
    'Trends',
    'trends',
    async () => {
      await page.getByRole('button', { name: /so far: / }).waitFor();
      await heading(/^Biggest changes/).waitFor();
    },
  ],
  [
    'Settings',
    'settings',
    async () => {
      await page.getByText('embedded ClickHouse').waitFor();
      await page.getByRole('checkbox', { name: 'Write every finished run' }).waitFor();
      await page.getByRole('button', { name: 'Make a token' }).waitFor();
      await page.getByText('Nothing was changed yet.').waitFor();
    },
  ],
];

describe.each(PAGES)('%s', (_name, path, shown) => {
  it('shows what it is for, in nobody’s way, in the dark, in light, and on a phone', async () => {
    opened.problems.length = 0;
    await follow(path);
    await shown();
    for (const _mode of ['dark', 'light']) {
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: /^Switch to / }).click();
    }

    await page.setViewportSize({ width: 390, height: 860 });
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await expect.poll(overflow, { timeout: 10_000 }).toBe(0);
    await page.setViewportSize({ width: 1280, height: 860 });
    expect(opened.problems).toEqual([]);
  });
});

describe('from Now', () => {
  it('draws the failure rate in no colour of success', async () => {
    await load('now');
    const legend = page.getByRole('region', { name: /^Failure rate/ }).getByRole('listitem');
    const dash = legend.filter({ hasText: 'now' }).locator('span');
    const color = await dash.evaluate((element) => getComputedStyle(element).backgroundColor);
    const [red = 0, green = 0] = (color.match(/\d+/g) ?? []).map(Number);
    expect(red).toBeGreaterThan(2 * green);
  });

  it('one click leads to the failing line, and back', async () => {
    await follow('now');
    await failingJob().getByRole('link', { name: ERROR_LINE }).click();
    await logLine(ERROR_AT).getByText(ERROR_LINE).waitFor();
    expect(await logLine(ERROR_AT).isVisible()).toBe(true);
    await page.goBack();
    await failingJob().first().waitFor();
  });

  it('the keyboard alone leads there too', async () => {
    await follow('now');
    await failingJob().first().waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.closest('a')?.textContent ?? '');
    for (let i = 0; i < 60 && !(await focused()).includes(ERROR_LINE); i++) {
      await page.keyboard.press('Tab');
    }
    expect(await focused()).toContain(ERROR_LINE);
    await page.keyboard.press('Enter');
    await logLine(ERROR_AT).getByText(ERROR_LINE).waitFor();
  });
});

describe('an address brings back', () => {
  it('time range, search and state of the jobs', async () => {
    await load('jobs?from=now-2d&to=now');
    await page.getByRole('textbox', { name: 'Search the jobs' }).fill('orders');
    await page.getByRole('radio', { name: 'Failing' }).check();
    await expect.poll(() => page.url(), { timeout: 10_000 }).toMatch(/orders.*failing|failing.*orders/);
    await page.reload();
    await page.getByRole('row').filter({ hasText: 'warehouse/orders-sync' }).waitFor();
    expect(await page.getByRole('row').filter({ hasText: FAILED.job }).count()).toBe(0);
    expect(await page.getByRole('textbox', { name: 'Search the jobs' }).inputValue()).toBe('orders');
    expect(await page.getByRole('radio', { name: 'Failing' }).isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Time range selected: Last 2 days' }).waitFor();
  });

  it('a run, its line and the levels of its log', async () => {
    await follow(RUN);
    await logLine(ERROR_AT).waitFor();
    await page.getByRole('link', { name: 'Line 120', exact: true }).click();
    await expect.poll(() => param('line'), { timeout: 10_000 }).toBe('120');
    await page.reload();
    await logLine(120).waitFor();
    expect(await logLine(120).getAttribute('aria-current')).toBe('location');
    expect(param('run')).toBe(FAILED.run);
    await page.getByRole('button', { name: 'Errors 1' }).click();
    await page.getByText('1 of 400 lines').waitFor();
    await page.reload();
    await page.getByText('1 of 400 lines').waitFor();
  });
});
