/// <reference lib="dom" />
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { readDownload } from './browser.js';
import { BEFORE, FAILURES, JOB, RUN, SECRET, sendReplication, STARTED, SUCCESSES } from './replication.js';
import { setUpPages } from './setUp.js';

const pages = setUpPages(sendReplication);

const RANGE = '?from=2024-12-09T00:00:00Z&to=2024-12-11T00:00:00Z'.replaceAll(/\d{4}-[^&]+/g, (time) =>
  String(Date.parse(time))
);

const open = (path = `/${RANGE}`, options: BrowserContextOptions = {}) => pages.open(path, options);

async function openRun(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await open(undefined, options);
  await page.getByRole('link', { name: new RegExp(`Failed: ${JOB}`) }).click();
  await page.getByRole('region', { name: 'METADATA' }).waitFor();
  return page;
}

const records = (page: Page) => page.getByRole('region', { name: 'List of records' });
const rowButtons = (page: Page) => records(page).getByRole('button');
const param = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);

describe("a job's label", () => {
  it('opens METADATA and DATA as two parts, each with totals, successes and failures', async () => {
    const page = await openRun();
    const metadata = page.getByRole('region', { name: 'METADATA' });
    const data = page.getByRole('region', { name: 'DATA', exact: true });
    expect(await metadata.innerText()).toContain('4 in total');
    expect(await metadata.innerText()).toMatch(/tables\s+4\s+fields\s+57/);
    await metadata.getByText('permission denied for table orders').waitFor();
    expect(await data.innerText()).toContain('1,200 in total');
    const links = await page.getByRole('link', { name: /^[\d,]+ (Meta|Success|Failed)/ }).allInnerTexts();
    expect(links.map((link) => link.trim())).toEqual([
      '3 MetaSuccess',
      '1 MetaFailure',
      '1,140 SuccessRecords',
      '60 FailedRecords',
    ]);
  });

  it('leads to four counted lists', async () => {
    const page = await openRun();
    const lists = [
      ['MetaSuccess', 3, 'public.addresses'],
      ['MetaFailure', 1, 'public.orders'],
      ['SuccessRecords', SUCCESSES, 'customers:00060'],
      ['FailedRecords', FAILURES, 'customers:00000'],
    ] as const;
    for (const [name, count, first] of lists) {
      await page.getByRole('link', { name: new RegExp(`${name}$`) }).click();
      await rowButtons(page).first().getByText(first).waitFor();
      const chosen = page.getByRole('radio', { name: `${name} ${count.toLocaleString('en')}` });
      expect(await chosen.isChecked()).toBe(true);
    }
  });
});

describe('the records of a run', () => {
  it('are read on page after page while only those in view exist', async () => {
    const page = await openRun();
    await page.getByRole('link', { name: /SuccessRecords$/ }).click();
    await rowButtons(page).first().waitFor();
    const last = rowButtons(page).filter({ hasText: 'customers:01199' });
    await expect
      .poll(
        async () => {
          await records(page).evaluate((box) => box.scrollTo({ top: box.scrollHeight }));
          return last.isVisible();
        },
        { timeout: 30_000 }
      )
      .toBe(true);
    expect(await rowButtons(page).count()).toBeLessThan(100);
  });

  it('are searched, and open to everything that was said of them but secrets', async () => {
    const page = await openRun();
    await page.getByRole('link', { name: /FailedRecords$/ }).click();
    await page.getByRole('textbox', { name: 'Search the records' }).fill('(id)=(17)');
    await page.getByText('1 found').waitFor();
    const row = rowButtons(page);
    expect(await row.locator('mark').innerText()).toBe('(id)=(17)');
    await row.click();
    const list = records(page);
    for (const words of ['duplicate key (id)=(17)', 'DATA, FailedRecords', 'Ulm']) {
      await list.getByText(words).last().waitFor();
    }
    expect(await list.innerText()).not.toContain(SECRET);
    expect(param(page, 'jl.records')).toBe('(id)=(17)');
  });

  it('are downloaded as CSV and NDJSON, all that match', async () => {
    const page = await openRun();
    await page.getByRole('link', { name: /FailedRecords$/ }).click();
    await page.getByRole('textbox', { name: 'Search the records' }).fill('country');
    await page.getByText('20 found').waitFor();
    const save = async (format: string) => {
      await page.getByRole('button', { name: 'Download' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: new RegExp(`^${format}`) }).click(),
      ]);
      const name = `warehouse_customers-replication-${RUN}-FailedRecords.${format.toLowerCase()}`;
      expect(download.suggestedFilename()).toBe(name);
      return (await readDownload(download)).trim().split(/\r?\n/);
    };
    const csv = await save('CSV');
    expect(csv[0]).toMatch(/^phase,outcome,key,message,data/);
    expect(csv[1]).toMatch(/^data,failure,customers:00000,country is missing,/);
    expect(csv).toHaveLength(21);
    const keys = (await save('NDJSON')).map((line) => (JSON.parse(line) as { key: string }).key);
    expect(keys.slice(0, 2)).toEqual(['customers:00000', 'customers:00003']);
    expect(keys).toHaveLength(20);
  });
});

describe('replicate source info', () => {
  it('is read behind the info icon, nested, without its secrets, and goes with Escape', async () => {
    const page = await openRun();
    await page.getByRole('link', { name: 'Replicate source info' }).click();
    const dialog = page.getByRole('dialog', { name: 'Replicate source info' });
    for (const words of ['postgres-main', 'pg-main.internal', 'require', 'replica']) {
      await dialog.getByText(words, { exact: true }).waitFor();
    }
    expect(await dialog.innerText()).not.toContain(SECRET);
    expect(await dialog.getByRole('textbox').count()).toBe(0);
    expect(param(page, 'jl.show')).toBe('source');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(param(page, 'jl.run')).not.toBeNull();
  });
});

describe('the replicate summary', () => {
  const section = (page: Page, name: string) => page.getByRole('region', { name });

  it('opens from the menu of the list, compares with the run before, and has an address of its own', async () => {
    const page = await open();
    await page.getByRole('button', { name: `Actions: ${JOB}, run ${RUN}` }).click();
    await page
      .getByRole('menuitem', { name: 'Replicate summary' })
      .or(page.getByRole('link', { name: 'Replicate summary' }))
      .click();
    const summary = section(page, 'Replicate summary');
    const figure = (name: string) => summary.getByRole('group', { name, exact: true });
    await figure('Duration').waitFor();
    expect(await figure('Duration').innerText()).toMatch(/2\sm\s00\ss[^]*2\s×|100 % slower/);
    expect(await figure('Records').innerText()).toMatch(/1,204[^]*33 % more/);
    expect(await figure('Failures').innerText()).toMatch(/61[^]*61 more/);
    // 1,204 records in 120 s, after 904 in 60 s.
    expect(await figure('Throughput, records/s').innerText()).toMatch(/10[^]*33 % slower/);
    await summary.getByRole('link', { name: BEFORE }).waitFor();

    const errors = section(page, 'Errors by message').getByRole('row');
    expect((await errors.allInnerTexts()).map((row) => row.replaceAll(/\s+/g, ' ').trim()).slice(1, 4)).toEqual([
      '40 DATA duplicate key (id)=(1) new customers:00001',
      '20 DATA country is missing new customers:00000',
      '1 METADATA permission denied for table orders new public.orders',
    ]);
    const { pathname, search } = new URL(page.url());
    expect(search).toContain('jl.show=summary');
    const fresh = await open(pathname + search);
    await section(fresh, 'Errors by message').waitFor();
    await fresh.getByRole('link', { name: 'Back to the run' }).click();
    await fresh.getByRole('region', { name: 'METADATA' }).waitFor();
  });

  it('is printed alone, in dark ink on white, on one page', async () => {
    const page = await openRun({ colorScheme: 'dark' });
    await page.getByRole('link', { name: 'Replicate summary' }).click();
    await section(page, 'Steps').waitFor();
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
    expect(/\/Count (\d+)/.exec(pdf)?.[1]).toBe('1');
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    const sheet = page.locator('[data-joblens-print]');
    await sheet.getByText('Errors by message').waitFor();
    expect(await page.getByRole('link', { name: 'All runs' }).isVisible()).toBe(false);
    const ink = await sheet.evaluate((element) => getComputedStyle(element).color);
    expect(Math.max(...(ink.match(/\d+/g) ?? ['255']).slice(0, 3).map(Number))).toBeLessThan(80);
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    await sheet.waitFor({ state: 'detached' });
  });
});

describe('connection jobs', () => {
  it('say Failed with a cross, when in the viewer’s time zone, and the exact time on hover', async () => {
    const page = await open(undefined, { timezoneId: 'Australia/Sydney' });
    const row = page.getByRole('link', { name: new RegExp(`Failed: ${JOB}`) });
    expect(await row.getByText('10 Dec 2024, 14:33').getAttribute('title')).toBe('2024-12-10 14:33:07.250 +11:00');
    expect(await row.getByText('Failed', { exact: true }).isVisible()).toBe(true);
    await row.click();
    const time = page.getByRole('article', { name: 'Run' }).locator('time').first();
    expect(await time.innerText()).toBe('10 Dec 2024, 14:33');
    expect(await time.getAttribute('datetime')).toBe(STARTED);
    await page.getByText('This job failed due to an issue during the connection refresh.').waitFor();
  });

  it('give their job id to the clipboard', async () => {
    const page = await openRun({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Copy the run id' }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText()), { timeout: 15_000 }).toBe(RUN);
  });

  it('explain their status to whoever points at it', async () => {
    const page = await openRun();
    await page.getByRole('article', { name: 'Run' }).getByText('Failed', { exact: true }).first().hover();
    await page.getByText('The job failed. Review the logs for troubleshooting steps.').waitFor();
  });

  it('show numbered actions, and the rule that recommends them', async () => {
    const page = await openRun();
    const actions = page.getByRole('region', { name: 'Recommended actions' });
    expect(await actions.innerText()).toMatch(/Recommended actions · rule “.+”/);
    expect(await actions.getByRole('listitem').count()).toBeGreaterThan(0);
    expect(await actions.locator('ol').count()).toBe(1);
  });

  it('are found by their connection', async () => {
    const page = await openRun();
    await page.getByRole('link', { name: 'postgres-main' }).click();
    await page.waitForFunction(() => document.querySelectorAll('[role=listitem] a[data-run]').length === 1);
    expect(param(page, 'jl.connection')).toBe('postgres-main');
    await page.getByRole('combobox', { name: 'Connection' }).waitFor();
  });
});
