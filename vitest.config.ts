import { defineConfig } from 'vitest/config';

const slow = { testTimeout: 60_000, hookTimeout: 120_000, fileParallelism: false };

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['ingest/src/**/*.test.ts'], exclude: ['**/*.engine.test.ts'], testTimeout: 20_000 } },
      { test: { name: 'plugin', include: ['plugin/src/**/*.test.{ts,tsx}'], environment: 'jsdom', setupFiles: [] } },
      { test: { name: 'engine', include: ['ingest/src/**/*.engine.test.ts', 'test/{api,cli,samples}/**/*.test.ts'], ...slow } },
      { test: { name: 'browser', include: ['test/browser/**/*.test.ts'], ...slow } },
    ],
  },
});
