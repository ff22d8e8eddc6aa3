import { schedule } from '../rhythm.js';
import type { JobSpec } from '../types.js';
import { billing } from './billing.js';
import { crm } from './crm.js';
import { platform } from './platform.js';
import { warehouse } from './warehouse.js';
import { web } from './web.js';

/** The jobs of a retailer, Halden: made up, but each fails, slows and recovers as jobs do. */
export const ESTATE: readonly JobSpec[] = [...billing, ...warehouse, ...crm, ...platform, ...web].map((spec) => ({
  ...spec,
  config: {
    ...spec.config,
    ...(spec.rhythm ? schedule(spec.rhythm) : { schedule: '0 6 * * 1', timezone: 'Europe/Berlin' }),
  },
}));

/** The jobs with a story, by the story. */
export const CHARACTERS = {
  brokenSinceYesterday: 'billing/invoice-export',
  failsMoreOftenNow: 'warehouse/orders-sync',
  stoppedComing: 'crm/contacts-refresh',
  stuck: 'ml/feature-build',
  slowingDown: 'backup/postgres-main',
  runningNow: 'support/ticket-export',
  overlapping: 'web/search-reindex',
  retried: 'logistics/label-cleanup',
  neverRan: 'security/access-review-export',
  expiredCredentials: 'crm/sales-refresh',
  timesOut: 'platform/vacuum-hot-tables',
  mostlySkipped: 'platform/cert-renewal',
  healthy: 'web/sitemap',
  withRecords: 'warehouse/customers-replication',
} as const;
