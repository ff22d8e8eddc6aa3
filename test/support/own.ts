import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { startService, type StartOptions, type TestService } from './service.js';

/** Services and folders of each test's own, in the file that calls this: ended and removed after the test. */
export function ownServices() {
  const running: TestService[] = [];
  const folders: string[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((service) => service.stop()));
    folders
      .splice(0)
      .forEach((data) => rmSync(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  }, 60_000);
  return {
    running,
    start: async (options: StartOptions = {}): Promise<TestService> => {
      const service = await startService(options);
      running.push(service);
      return service;
    },
    folder: (): string => {
      const data = mkdtempSync(join(tmpdir(), 'joblens-test-'));
      folders.push(data);
      return data;
    },
  };
}
