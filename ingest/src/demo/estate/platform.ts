import { vacuum } from '../programs/database.js';
import { databaseBackup, mirror } from '../programs/files.js';
import { scan } from '../programs/office.js';
import { goTrace } from '../programs/traces.js';
import type { JobSpec } from '../types.js';
import { BERLIN, config, steps } from './parts.js';

const BACKUP_STEPS = steps(
  ['copy', 'Copy files', 14],
  ['upload', 'Upload', 3],
  ['verify', 'Verify WAL', 1],
  ['expire', 'Expire old sets', 1]
);

/** Takes twice as long as two weeks ago: the database grows, the disk does not get faster. */
const postgresMain: JobSpec = {
  job: 'backup/postgres-main',
  config: config('backup/postgres-main', {
    name: 'Backup of postgres-main',
    type: 'backup',
    owner: 'platform@halden.example',
    description: 'Full backup of the main database, every six hours.',
    pool: 'backup',
    grace: '30m',
    maxRuntime: '3h',
    source: {
      connection: 'postgres-main',
      stanza: 'main',
      repository: { type: 's3', bucket: 'halden-backup', retention_days: 14 },
    },
  }),
  rhythm: { every: 360, offset: 20 },
  users: ['svc-backup'],
  duration: { median: 14 * 60, sigma: 0.05, growth: 2.2 },
  steps: BACKUP_STEPS,
  volume: { median: 212_000, sigma: 0.02, noun: 'MB' },
  program: databaseBackup('main', 640),
};

const postgresAnalytics: JobSpec = {
  job: 'backup/postgres-analytics',
  config: config('backup/postgres-analytics', {
    name: 'Backup of postgres-analytics',
    type: 'backup',
    owner: 'platform@halden.example',
    description: 'Full backup of the analytics database, every night.',
    pool: 'backup',
    grace: '1h',
    source: {
      connection: 'postgres-analytics',
      stanza: 'analytics',
      repository: { type: 's3', bucket: 'halden-backup' },
    },
  }),
  rhythm: { at: '01:15', zone: BERLIN },
  users: ['svc-backup'],
  duration: { median: 2_700, sigma: 0.08 },
  steps: BACKUP_STEPS,
  volume: { median: 480_000, sigma: 0.02, noun: 'MB' },
  program: databaseBackup('analytics', 400),
  failureRate: (age) => (age > 4 && age < 6 ? 1 : 0),
  failures: [
    {
      type: 'DiskFull',
      step: 'copy',
      message: () => 'write /var/lib/pgbackrest/spool: no space left on device',
      warnings: () => ['P01   WARN: spool path is 97 % full', 'P01   WARN: spool path is 99 % full'],
      trace: () => ['P00   INFO: backup command end: aborted with exception [041]'],
      actions: ['Free space on the volume "backup-spool" or enlarge it', 'Start the backup again by hand'],
    },
  ],
};

const objectMirror: JobSpec = {
  job: 'backup/object-storage-mirror',
  config: config('backup/object-storage-mirror', {
    name: 'Mirror of the object storage',
    type: 'backup',
    owner: 'platform@halden.example',
    description: 'All buckets to the second region, every night.',
    pool: 'backup',
    region: 'eu-2',
    maxRuntime: '8h',
    source: { connection: 'object-storage', from: 's3-eu-1:halden', to: 's3-eu-2:halden-mirror', delete: false },
  }),
  rhythm: { at: '23:30', zone: BERLIN },
  users: ['svc-backup'],
  duration: { median: 4 * 3600, sigma: 0.15 },
  steps: steps(['list', 'Compare', 1], ['transfer', 'Copy objects', 18], ['check', 'Check', 2]),
  volume: { median: 410_000, sigma: 0.2, noun: 'objects' },
  program: mirror(900),
};

const BUSY_TABLES = ['orders', 'order_lines', 'stock_levels', 'stock_moves', 'sessions', 'carts', 'events', 'outbox'];

const vacuumTables: JobSpec = {
  job: 'platform/vacuum-hot-tables',
  config: config('platform/vacuum-hot-tables', {
    name: 'Vacuum of busy tables',
    type: 'maintenance',
    owner: 'platform@halden.example',
    description: 'Keeps the tables small that change all day.',
    maxRuntime: '2h',
  }),
  rhythm: { at: '02:00', zone: BERLIN },
  users: ['postgres'],
  duration: { median: 2_600, sigma: 0.2 },
  steps: steps(['vacuum', 'Vacuum', 8], ['analyze', 'Analyze', 2]),
  volume: { median: 12_000, sigma: 0.3, noun: 'pages' },
  program: vacuum([...BUSY_TABLES, ...Array.from({ length: 24 }, (_, week) => `events_w${week + 1}`)]),
  timedOut: { rate: 0.2, afterSeconds: 7_200 },
};

const certRenewal: JobSpec = {
  job: 'platform/cert-renewal',
  config: config('platform/cert-renewal', {
    name: 'Certificate renewal',
    type: 'maintenance',
    owner: 'platform@halden.example',
    description: 'Renews certificates a month before they expire.',
    pool: 'edge',
  }),
  rhythm: { every: 720, offset: 33 },
  users: ['svc-certs'],
  duration: { median: 38, sigma: 0.3 },
  steps: steps(['scan', 'Look at certificates', 2], ['renew', 'Renew', 4], ['reload', 'Reload the proxies', 1]),
  volume: { median: 2, sigma: 0.4, noun: 'certificates' },
  program: scan((_run, number) => `edge-${number}.halden.example`, 14),
  skipped: { rate: 0.78, message: 'skipped: no certificate expires within 30 days' },
};

const registryGc: JobSpec = {
  job: 'platform/registry-gc',
  config: config('platform/registry-gc', {
    name: 'Registry clean-up',
    type: 'maintenance',
    owner: 'platform@halden.example',
    description: 'Removes image layers that no tag points at, every night.',
  }),
  rhythm: { at: '05:00', zone: BERLIN },
  ids: 'counter',
  users: ['svc-registry', 'a.petrov'],
  duration: { median: 1_900, sigma: 0.25 },
  steps: steps(['mark', 'Mark', 3], ['scan', 'Sweep', 6]),
  volume: { median: 3_100, sigma: 0.4, noun: 'layers' },
  program: scan((run) => `sha256:${run.random.hex(12)}`, 160),
  cancelled: { rate: 0.2, message: 'cancelled by a.petrov: a release is going out' },
};

const vulnerabilityScan: JobSpec = {
  job: 'security/vulnerability-scan',
  config: config('security/vulnerability-scan', {
    name: 'Vulnerability scan',
    type: 'maintenance',
    owner: 'security@halden.example',
    description: 'All images that run in production, every night.',
  }),
  rhythm: { at: '04:00', zone: BERLIN },
  ids: 'pod',
  users: ['svc-security'],
  duration: { median: 1_400, sigma: 0.15 },
  steps: steps(['update', 'Update the database', 1], ['scan', 'Scan images', 12], ['upload', 'Upload the report', 1]),
  volume: { median: 640, sigma: 0.2, noun: 'findings' },
  program: scan((run, number) => `registry.halden.example/app-${number}:1.${run.random.int(2, 90)}`, 320),
  failureRate: () => 0.08,
  failures: [
    {
      type: 'RegistryUnauthorized',
      step: 'scan',
      message: () => 'registry.halden.example answered 401 for app-118',
      trace: () =>
        goTrace(
          'main.(*Puller).Pull(0xc0001f8000, {0xc00021a0f0, 0x27})',
          '\t/src/cmd/scan/pull.go:143 +0x2f8',
          'main.main()',
          '\t/src/cmd/scan/main.go:61 +0x1a4'
        ),
      actions: ['Renew the pull secret of the namespace "security"'],
    },
  ],
};

/** Only just configured: it has not run yet. */
const accessReview: JobSpec = {
  job: 'security/access-review-export',
  config: config('security/access-review-export', {
    name: 'Access review export',
    type: 'export',
    owner: 'security@halden.example',
    description: 'Who may do what, for the quarterly review. Runs for the first time next week.',
    grace: '4h',
  }),
  users: ['svc-security'],
  duration: { median: 300, sigma: 0.2 },
  steps: steps(['extract', 'Read grants', 1]),
  volume: { median: 9_000, sigma: 0.1, noun: 'grants' },
  program: scan((_run, number) => `group-${number}`, 1),
};

export const platform: readonly JobSpec[] = [
  postgresMain,
  postgresAnalytics,
  objectMirror,
  vacuumTables,
  certRenewal,
  registryGc,
  vulnerabilityScan,
  accessReview,
];
