import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const slow = { testTimeout: 60_000, hookTimeout: 120_000, fileParallelism: false };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['ingest/src/**/*.test.ts'],
          exclude: ['**/*.engine.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        // Node can't import the libraries' ES modules, and their CommonJS builds load twice as fast as inlined ones.
        resolve: {
          alias: ['data', 'runtime', 'ui'].map((name) => ({
            find: new RegExp(`^@grafana/${name}$`),
            replacement: fileURLToPath(new URL(`node_modules/@grafana/${name}/dist/cjs/index.cjs`, import.meta.url)),
          })),
        },
        test: {
          name: 'plugin',
          include: ['plugin/src/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          testTimeout: 20_000,
          setupFiles: ['plugin/.config/vitest/setup.ts'],
        },
      },
      {
        test: {
          name: 'engine',
          include: ['ingest/src/**/*.engine.test.ts', 'test/{api,cli,faults,samples,security,systems}/**/*.test.ts'],
          ...slow,
        },
      },
      { test: { name: 'browser', include: ['test/browser/**/*.test.ts'], ...slow } },
    ],
  },
});
