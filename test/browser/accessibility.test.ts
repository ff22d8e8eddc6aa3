import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { violations } from './axe.js';
import { JOB, sendReplication } from './replication.js';
import { setUpPages } from './setUp.js';

const FROM = Date.parse('2024-12-09T00:00:00Z');
const TO = Date.parse('2024-12-11T00:00:00Z');
const pages = setUpPages(sendReplication);

/** The views in the order in which one comes by them, each with how one gets there. */
const WALK: ReadonlyArray<[string, (page: Page) => Promise<void>]> = [
  ['the list', (page) => page.getByRole('link', { name: new RegExp(`Failed: ${JOB}`) }).waitFor()],
  [
    'a run',
    async (page) => {
      await page.getByRole('link', { name: new RegExp(`Failed: ${JOB}`) }).click();
      await page.getByRole('region', { name: 'Log lines' }).waitFor();
      await page.getByText('permission denied for table orders').waitFor();
    },
  ],
  [
    'its records, one of them open',
    async (page) => {
      await page.getByRole('link', { name: /FailedRecords$/ }).click();
      await page
        .getByRole('button', { name: /^FailedRecords: / })
        .first()
        .click();
      await page.getByRole('button', { name: 'Copy as JSON' }).waitFor();
    },
  ],
  [
    'its details',
    async (page) => {
      await page.getByRole('tab', { name: 'Details' }).click();
      await page.getByRole('heading', { name: 'Identity' }).waitFor();
    },
  ],
  [
    'its source',
    async (page) => {
      await page.getByRole('link', { name: 'Replicate source info' }).click();
      await page.getByRole('dialog').getByText('pg-main.internal').waitFor();
    },
  ],
  [
    'its summary',
    async (page) => {
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'Replicate summary' }).click();
      await page.getByRole('region', { name: 'Errors by message' }).waitFor();
    },
  ],
  [
    'a dialog',
    async (page) => {
      await page.getByRole('link', { name: 'Back to the run' }).click();
      await page.getByRole('button', { name: 'Manage the run' }).click();
      await page.getByRole('menuitem', { name: 'Change title and tags' }).click();
      await page.getByRole('dialog').waitFor();
    },
  ],
];

describe('nothing serious stands in the way', () => {
  it.each([
    ['dark', 1360],
    ['light', 1360],
    ['light', 390],
  ] as const)('in %s, %i pixels wide', { timeout: 180_000 }, async (colorScheme, width) => {
    const page = await pages.open(`/?from=${FROM}&to=${TO}`, { colorScheme, viewport: { width, height: 860 } });
    const found: Record<string, string[]> = {};
    for (const [view, goThere] of WALK) {
      await goThere(page);
      found[view] = await violations(page);
    }
    expect(found).toEqual(Object.fromEntries(WALK.map(([view]) => [view, []])));
  });
});
