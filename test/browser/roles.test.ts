import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/client.js';
import { settled, startService, type TestService } from '../support/service.js';
import { launchBrowser, openPage } from './browser.js';

const folder = mkdtempSync(join(tmpdir(), 'joblens-roles-'));
const SCOPES = { viewer: ['read'], editor: ['read', 'annotate'], admin: ['read', 'write', 'annotate', 'admin'] };
const secretOf = (role: string) => `${role}-0123456789abcdef`;
let service: TestService;
let browser: Browser;

beforeAll(async () => {
  const tokens = Object.entries(SCOPES).map(([name, scopes]) => ({ name, scopes, token: secretOf(name) }));
  writeFileSync(join(folder, 'tokens.json'), JSON.stringify({ tokens }));
  const env = { JOBLENS_TOKENS_FILE: join(folder, 'tokens.json') };
  [service, browser] = await Promise.all([startService({ env }), launchBrowser()]);
  await call(
    service.url,
    'POST',
    '/v1/runs',
    { job: 'broken', run: '1', status: 'failed' },
    { authorization: `Bearer ${secretOf('admin')}` }
  );
  await settled(service.url);
});
afterAll(async () => {
  await browser?.close();
  await service?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What the menu of a run offers to whoever has this token. */
async function offered(page: Page, role: string): Promise<string[]> {
  await page.getByLabel('Token').fill(secretOf(role));
  await page.getByRole('button', { name: 'Show the history' }).click();
  await page.getByRole('link', { name: /: broken / }).click();
  await page.getByRole('region', { name: 'METADATA' }).waitFor();
  const menu = page.getByRole('button', { name: 'Manage the run' });
  if ((await menu.count()) === 0) {
    return [];
  }
  await menu.click();
  await page.getByRole('menuitem').first().waitFor();
  return page.getByRole('menuitem').allInnerTexts();
}

describe('who may do what', () => {
  it.each([
    ['viewer', []],
    ['editor', ['Add a note', 'Acknowledge', 'Change title and tags']],
    ['admin', ['Add a note', 'Acknowledge', 'Change title and tags', 'Delete the run']],
  ])('a %s is shown %j', async (role, items) => {
    const { page, close } = await openPage(browser, service.url);
    expect(await offered(page, role)).toEqual(items);
    await close();
  });
});
