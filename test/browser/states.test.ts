import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService } from '../support/service.js';
import { launchBrowser, openPage } from './browser.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe('when there is nothing to show', () => {
  it('says how to send the first run, and shows it once it is there', async () => {
    const service = await startService();
    const { page, problems, close } = await openPage(browser, service.url);
    const command = page.locator('pre');
    await command.waitFor();
    expect(await command.innerText()).toContain(`curl -X POST ${service.url}/v1/runs`);
    await fetch(`${service.url}/v1/runs?wait=1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"job":"my-first-job","status":"succeeded","message":"hello, Joblens"}',
    });
    await page.getByRole('button', { name: 'Refresh now' }).click();
    await page.getByRole('link', { name: /my-first-job.*hello, Joblens/ }).waitFor();
    expect(problems).toEqual([]);
    await close();
    await service.stop();
  });

  it('says that the service is away, keeps what it showed, and recovers', async () => {
    const service = await startService();
    const { page, close } = await openPage(browser, service.url);
    await page.locator('pre').waitFor();
    await page.route('**/v1/query', (route) => route.abort());
    await page.getByRole('button', { name: 'Refresh now' }).click();
    await page.getByText("The Joblens service can't be reached").first().waitFor();
    await page.unroute('**/v1/query');
    await page.getByRole('button', { name: 'Refresh now' }).click();
    await page.getByText("The Joblens service can't be reached").first().waitFor({ state: 'detached' });
    await close();
    await service.stop();
  });

  it('tries again from where it says that the service is away', async () => {
    const service = await startService();
    const { page, close } = await openPage(browser, `${service.url}/a/joblens-history-app/now`);
    await page.getByText('No job is known yet.').waitFor();
    await page.route('**/v1/query', (route) => route.abort());
    await page.reload();
    await page.getByRole('alert').getByText("The Joblens service can't be reached").waitFor();
    await page.unroute('**/v1/query');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('No job is known yet.').waitFor();
    await page.getByText("The Joblens service can't be reached").first().waitFor({ state: 'detached' });
    await close();
    await service.stop();
  });

  it('asks for a token where the service wants one', async () => {
    const service = await startService();
    const { page, close } = await openPage(browser, 'about:blank');
    await page.route('**/v1/query', (route) =>
      route.request().headers().authorization === 'Bearer right'
        ? route.fallback()
        : route.fulfill({
            status: 401,
            contentType: 'application/problem+json',
            body: '{"detail":"no token","status":401}',
          })
    );
    await page.goto(service.url);
    await page.getByLabel('Token').fill('wrong');
    await page.getByRole('button', { name: 'Show the history' }).click();
    await page.getByText('The service refused the token that was tried.').waitFor();
    await page.getByLabel('Token').fill('right');
    await page.getByRole('button', { name: 'Show the history' }).click();
    await page.locator('pre').waitFor();
    await close();
    await service.stop();
  });
});
