import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { call } from '../support/client.js';
import { startService, type TestService } from '../support/service.js';
import { launchBrowser, openPage } from './browser.js';

/** Nothing listens there: what S3 is like while it can't be reached. */
const NOBODY = 'http://127.0.0.1:9';
let service: TestService;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const env = { AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none', AWS_EC2_METADATA_DISABLED: 'true' };
  [service, browser] = await Promise.all([startService({ env }), launchBrowser()]);
  ({ page } = await openPage(browser, `${service.url}/a/joblens-history-app/settings`));
});
afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

const section = (name: string) => page.locator('section').filter({ has: page.getByRole('heading', { name }) });
const stored = async (name: string) => (await call(service.url, 'GET', `/v1/settings/${name}`)).body;

it('an empty store says that nothing has come in yet, and how to send a first run', async () => {
  const service = section('Data source and service');
  await service.getByText('Nothing has come in yet').waitFor();
  expect(await service.getByRole('row', { name: /^Nothing came in for/ }).textContent()).toContain('–');
  await service.getByText(/curl -X POST .*\/v1\/runs/).waitFor();
});

it('job history replication is tried, refused at the wrong field, and set', { timeout: 90_000 }, async () => {
  const form = section('Job history replication');
  const test = form.getByRole('button', { name: 'Test connection' });
  await form.getByText('Write every finished run').click();
  expect(await test.isEnabled()).toBe(false);
  await form.getByRole('textbox', { name: 'Bucket' }).fill('my history');
  await form.getByRole('textbox', { name: 'Region' }).fill('eu-central-1');
  await form.getByRole('textbox', { name: 'Endpoint' }).fill(NOBODY);
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Nothing was changed', { exact: true }).waitFor();
  await form.getByText(/^expected a bucket's name/).waitFor();
  expect(await stored('replication')).toMatchObject({ enabled: false });

  await form.getByRole('textbox', { name: 'Bucket' }).fill('my-history');
  await test.click();
  await form.getByText('The connection does not work').waitFor();
  await form
    .getByText(/127\.0\.0\.1:9.*/)
    .first()
    .waitFor();

  await form.getByRole('button', { name: 'Add a job' }).click();
  await form.getByRole('textbox', { name: 'Job', exact: true }).fill('payroll');
  await form.getByRole('radiogroup', { name: 'Log lines' }).getByRole('radio', { name: 'Off' }).check();
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Saved').waitFor();
  await form.getByText(/^on since /).waitFor();
  expect(await stored('replication')).toMatchObject({
    enabled: true,
    connection: { bucket: 'my-history', endpoint: NOBODY, credentials: { from: 'environment' } },
    jobs: { payroll: { store_lines: false } },
  });

  await form.getByRole('button', { name: 'Write these runs' }).click();
  await form.getByRole('row', { name: /0 of 0/ }).waitFor();
});

it('rules are refused with what is wrong and where, and kept as they were written', async () => {
  const form = section('Recommended-action rules');
  const yaml = form.getByRole('textbox', { name: 'Own rules, as YAML' });
  await yaml.fill('rules:\n  - name: Bank\n    actions: Wait');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText(/rules\.0/).waitFor();
  await form.getByText('8 default rules').click();
  await form.getByRole('cell', { name: 'Out of memory', exact: true }).waitFor();

  await yaml.fill('');
  await form.getByRole('button', { name: 'Start with an example' }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Saved').waitFor();
  expect((await stored('rules')).yaml).toContain('# RE2 regular expressions');
});

it('retention is set by the keyboard, and stands in the audit trail', async () => {
  const form = section('Retention');
  await form.getByRole('spinbutton', { name: 'Log lines, days' }).focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('45');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await form.getByText('Saved').waitFor();
  expect(await stored('retention')).toMatchObject({ runs: 400, lines: 45, records: 30 });
  await section('Audit trail').getByText('settings.retention').waitFor();
});

it('a token is shown once; from the first one on the page wants it', async () => {
  const form = section('Tokens');
  await form.getByRole('textbox', { name: 'Name of the new token' }).fill('ops');
  await form.getByRole('button', { name: 'Make a token' }).click();
  await page.getByText('Copy it now: it is not told again').waitFor();
  const token = await form.locator('code').innerText();
  await form.getByRole('button', { name: 'I have it' }).click();
  await page.getByLabel('Token').fill(token);
  await page.getByRole('button', { name: 'Show the history' }).click();
  const row = form.getByRole('row', { name: /^ops/ });
  await row.getByText('read, annotate, admin').waitFor();
  expect(await page.getByText(token).count()).toBe(0);

  await row.getByRole('button', { name: 'Revoke ops' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page
    .getByRole('dialog')
    .getByText(/last token with the scope "admin"/)
    .waitFor();
});
