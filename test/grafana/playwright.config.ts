import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, devices } from '@playwright/test';
import type { PluginOptions } from '@grafana/plugin-e2e';

const installed = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path)
);
const admin = { user: process.env.GRAFANA_USER ?? 'admin', password: process.env.GRAFANA_PASSWORD ?? 'admin' };

/** A running Grafana at GRAFANA_URL whose data source `joblens` is served by the Joblens service at JOBLENS_URL. */
export default defineConfig<PluginOptions>({
  testDir: import.meta.dirname,
  outputDir: resolve(import.meta.dirname, 'results'),
  // One Grafana, one service: tests that send runs or make rules would see each other.
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    baseURL: process.env.GRAFANA_URL ?? 'http://127.0.0.1:3000',
    viewport: { width: 1360, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'off',
    grafanaAPICredentials: admin,
    launchOptions: { ...(installed ? { executablePath: installed } : {}), args: ['--no-sandbox', '--disable-gpu'] },
  },
  projects: [
    {
      name: 'grafana',
      testMatch: /.*\.spec\.ts/,
      use: { ...devices['Desktop Chrome'], viewport: { width: 1360, height: 900 } },
    },
  ],
});
