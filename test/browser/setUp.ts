import type { BrowserContextOptions, Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { startService, type TestService } from '../support/service.js';
import { launchBrowser, openPage, type Opened } from './browser.js';

export interface Pages {
  /** Where the service is; known once the tests run. */
  readonly url: string;
  /** Opens a page of the service; it is closed after the test, and must have had no problem. */
  open(path?: string, options?: BrowserContextOptions): Promise<Page>;
}

/** One service and one browser for the tests of a file. `fill` sends what they look at. */
export function setUpPages(fill: (url: string) => Promise<void>, timeout = 120_000): Pages {
  let service: TestService | undefined;
  let browser: Browser | undefined;
  let opened: Opened[] = [];
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService(), launchBrowser()]);
    await fill(service.url);
  }, timeout);
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });
  afterEach(async () => {
    const problems = opened.flatMap((page) => page.problems);
    await Promise.all(opened.map((page) => page.close()));
    opened = [];
    expect(problems).toEqual([]);
  });
  return {
    get url() {
      return service?.url ?? '';
    },
    async open(path = '/', options) {
      if (!service || !browser) {
        throw new Error('A page can be opened once the tests run.');
      }
      const one = await openPage(browser, service.url + path, options);
      opened.push(one);
      return one.page;
    },
  };
}
