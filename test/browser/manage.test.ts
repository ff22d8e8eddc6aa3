import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { call } from '../support/client.js';
import { settled } from '../support/service.js';
import { setUpPages } from './setUp.js';

const pages = setUpPages(async (url) => {
  const started_at = new Date(Date.now() - 60_000).toISOString();
  const runs = [
    { job: 'stuck', run: '1', status: 'running', started_at },
    { job: 'broken', run: '1', status: 'failed', started_at, finished_at: started_at, tags: { env: 'prod' } },
    { job: 'wrong', run: '1', status: 'succeeded', started_at, finished_at: started_at },
  ];
  await call(url, 'POST', '/v1/runs', runs);
  await settled(url);
});

async function openRun(job: string): Promise<Page> {
  const page = await pages.open();
  await page.getByRole('link', { name: new RegExp(`: ${job} `) }).click();
  await page.getByRole('region', { name: 'METADATA' }).waitFor();
  return page;
}

async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Manage the run' }).click();
  await page.getByRole('menuitem', { name: item }).click();
  await page.getByRole('dialog').waitFor();
}

describe('a run is managed from its menu', () => {
  it('takes a note, an acknowledgement, and gives that back', async () => {
    const page = await openRun('broken');
    await choose(page, 'Add a note');
    await page.getByRole('textbox', { name: 'Note' }).fill('The vendor is asked.\nSee INC-4711');
    await page.getByRole('button', { name: 'Add the note' }).click();
    await page.getByText('See INC-4711').waitFor();
    await choose(page, 'Acknowledge');
    await page.getByRole('radio', { name: '1 day' }).check({ force: true });
    await page.getByRole('dialog').getByRole('textbox').fill('looking into it');
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByText(/Acknowledged by local until .*: looking into it/).waitFor();
    await choose(page, 'Take back the acknowledgement');
    await page.getByRole('button', { name: 'Take back' }).click();
    await page.getByText(/Acknowledged by/).waitFor({ state: 'detached' });
  });

  it('gets another title and more tags', async () => {
    const page = await openRun('broken');
    await choose(page, 'Change title and tags');
    await page.getByRole('textbox', { name: 'Title' }).fill('The broken one');
    await page.getByRole('textbox', { name: 'Name of tag 2' }).fill('ticket');
    await page.getByRole('textbox', { name: 'Value of tag 2' }).fill('INC-4711');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The broken one').waitFor();
    await page.getByRole('link', { name: 'ticket INC-4711' }).waitFor();
    await page.getByRole('link', { name: 'env prod' }).waitFor();
  });

  it('that is stuck is marked as cancelled; one that ended cannot be', async () => {
    const page = await openRun('stuck');
    await choose(page, 'Mark as cancelled');
    await page.getByRole('button', { name: 'Mark as cancelled' }).click();
    await page.getByText(/\(cancelled: cancelled by local\)/).waitFor();
    await page.getByRole('button', { name: 'Manage the run' }).click();
    await page.getByRole('menuitem', { name: 'Add a note' }).waitFor();
    expect(await page.getByRole('menuitem', { name: 'Mark as cancelled' }).count()).toBe(0);
  });

  it('is deleted only after the word was typed, and is gone from the list', async () => {
    const page = await openRun('wrong');
    await choose(page, 'Delete the run');
    const button = page.getByRole('button', { name: 'Delete the run' });
    expect(await button.isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: /^Type/ }).fill('delete');
    await button.click();
    await page.getByRole('link', { name: /: broken / }).waitFor();
    await page.getByRole('link', { name: /: wrong / }).waitFor({ state: 'detached' });
    expect((await call(pages.url, 'GET', '/v1/run?job=wrong&run=1')).status).toBe(404);
  });
});
