import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { call } from '../support/client.js';
import { CREDENTIALS, startS3, type S3Server } from '../support/s3.js';
import { settled, startService, type TestService } from '../support/service.js';
import { launchBrowser, openPage } from './browser.js';

let s3: S3Server;
let service: TestService;
let browser: Browser;

// The first time S3's server is installed.
beforeAll(async () => {
  [s3, service, browser] = await Promise.all([startS3(), startService({ env: CREDENTIALS }), launchBrowser()]);
  await s3.createBucket('history');
  await call(service.url, 'POST', '/v1/runs', { job: 'export', run: 'before', status: 'succeeded' });
  await settled(service.url);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await service?.stop();
  await s3?.stop();
});

it('a bucket that works is tried, switched on and back-filled from the form', { timeout: 120_000 }, async () => {
  const { page } = await openPage(browser, `${service.url}/a/joblens-history-app/settings`);
  const form = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Job history replication' }) });
  await form.getByText('Write every finished run').click();
  await form.getByRole('textbox', { name: 'Bucket' }).fill('history');
  await form.getByRole('textbox', { name: 'Region' }).fill('us-east-1');
  await form.getByRole('textbox', { name: 'Endpoint' }).fill(s3.url);
  await form.getByRole('button', { name: 'Test connection' }).click();
  await form.getByText('The connection works').waitFor();
  expect(await s3.keys('history')).toEqual([]);

  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText(/^on since /).waitFor();
  await form.getByRole('button', { name: 'Write these runs' }).click();
  await expect.poll(() => s3.keys('history'), { timeout: 60_000 }).toHaveLength(1);
  const written = async () => {
    await page.getByRole('button', { name: 'Refresh', exact: true }).click();
    return form.getByRole('row', { name: /1 of 1/ }).count();
  };
  await expect.poll(written, { timeout: 30_000, interval: 1000 }).toBe(1);
});
