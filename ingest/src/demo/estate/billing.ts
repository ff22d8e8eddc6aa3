import { apiExport, poll } from '../programs/api.js';
import { report, workflow } from '../programs/office.js';
import { nodeTrace } from '../programs/traces.js';
import type { JobSpec } from '../types.js';
import { BERLIN, config, database, steps, WEEKDAYS } from './parts.js';

/** Broken since yesterday: every run fails, with an error that nobody had seen before. */
const invoiceExport: JobSpec = {
  job: 'billing/invoice-export',
  config: config('billing/invoice-export', {
    name: 'Invoice export',
    type: 'export',
    owner: 'finance-platform@halden.example',
    description: 'Invoices of the last hour, for the tax authority and the data warehouse.',
    pool: 'billing',
    maxRuntime: '30m',
    source: {
      connection: 'billing-api',
      endpoint: { url: 'https://billing-api.internal/v2/invoices', timeout_s: 30, retries: 3 },
      credentials: { user: 'svc-billing', token: '********' },
    },
  }),
  rhythm: { every: 60, offset: 10 },
  ids: 'uuid',
  users: ['svc-billing'],
  duration: { median: 12, sigma: 0.18, daily: 0.5 },
  steps: steps(
    ['extract', 'Read invoices', 4],
    ['transform', 'Map to schema v7', 6],
    ['load', 'Write files', 2],
    ['notify', 'Tell the warehouse', 0.4]
  ),
  volume: { median: 3_400, sigma: 0.3, noun: 'invoices' },
  itemFailureRate: 0.001,
  program: apiExport({
    version: '4.12.0',
    host: 'billing-api.internal',
    noun: 'invoices',
    pageSize: 250,
    target: 's3://halden-exports/invoices',
  }),
  failureRate: (age) => (age < 1.15 ? 1 : 0.008),
  failureAt: (age) => (age < 1.15 ? 'UpstreamTimeout' : 'RateLimited'),
  failures: [
    {
      type: 'UpstreamTimeout',
      step: 'extract',
      stall: 30,
      after: 2,
      message: () => 'GET /v2/invoices?page=3 took 30 s',
      warnings: () => ['page 3: no answer after 10 s, retry 1 of 3', 'page 3: no answer after 20 s, retry 2 of 3'],
      trace: () =>
        nodeTrace(
          'Client.get (/app/src/client.ts:88:13)',
          'readPage (/app/src/extract.ts:41:22)',
          'extract (/app/src/extract.ts:19:18)'
        ),
      actions: [
        'Check the network and that billing-api.internal answers',
        'Check the credentials of svc-billing',
        'Run again with --from-page 3',
      ],
    },
    {
      type: 'RateLimited',
      step: 'extract',
      message: (run) => `billing-api.internal answered 429, retry after ${20 + (run.dice % 40)} s`,
      actions: ['Wait for the limit to pass; the next run takes what this one left'],
    },
  ],
};

const paymentReconciliation: JobSpec = {
  job: 'billing/payment-reconciliation',
  config: config('billing/payment-reconciliation', {
    name: 'Payment reconciliation',
    type: 'etl',
    owner: 'finance-platform@halden.example',
    description: 'Matches payments of the providers against open invoices.',
    pool: 'billing',
    source: database('billing-db', 'pg-billing.internal', 'billing'),
  }),
  rhythm: { every: 15 },
  users: ['svc-billing'],
  duration: { median: 26, sigma: 0.25, daily: 0.9 },
  steps: steps(['fetch', 'Read provider statements', 5], ['match', 'Match payments', 3], ['post', 'Post to ledger', 1]),
  volume: { median: 480, sigma: 0.5, noun: 'payments' },
  program: poll({
    hosts: ['api.payments.example', 'statements.nordbank.example', 'settle.cardnet.example'],
    path: () => '/v1/statements',
    noun: 'payments',
    calls: 12,
  }),
  failureRate: (age) => (age > 8.2 && age < 8.4 ? 0.7 : 0.006),
  failures: [
    {
      type: 'LedgerMismatch',
      step: 'match',
      message: (run) => `statement total differs from ledger by ${(run.dice % 90_000) / 100} EUR`,
      warnings: (run) => [`payment PAY-${run.dice} matches two invoices`],
      actions: ['Open the mismatch in the ledger and book the difference', 'Run again once it is booked'],
    },
    {
      type: 'UpstreamUnavailable',
      step: 'fetch',
      weight: 3,
      message: () => 'statements.nordbank.example answered 503 four times',
      warnings: () => ['503 Service Unavailable, retry 1 of 3', '503 Service Unavailable, retry 3 of 3'],
      trace: () => nodeTrace('StatementClient.fetch (/app/src/statements.ts:132:11)', 'run (/app/src/main.ts:27:9)'),
    },
  ],
};

const dunning: JobSpec = {
  job: 'billing/dunning-emails',
  config: config('billing/dunning-emails', {
    name: 'Dunning e-mails',
    type: 'report',
    owner: 'receivables@halden.example',
    description: 'Reminders for invoices that are overdue, on working days.',
    pool: 'office',
  }),
  rhythm: { at: '09:00', zone: BERLIN, weekdays: WEEKDAYS },
  ids: 'date',
  users: ['svc-billing'],
  duration: { median: 210, sigma: 0.2 },
  steps: steps(['query', 'Find overdue invoices', 1], ['render', 'Write letters', 2], ['send', 'Send', 6]),
  volume: { median: 160, sigma: 0.4, noun: 'reminders' },
  program: report(['overdue_invoices', 'payment_plans', 'blocked_customers'], 160),
  skipped: { rate: 0.15, message: 'skipped: no invoice became overdue since the last run' },
};

const nightlyFinance: JobSpec = {
  job: 'nightly/finance',
  config: config('nightly/finance', {
    name: 'Nightly finance',
    type: 'maintenance',
    owner: 'finance-platform@halden.example',
    description: 'Starts the nightly finance jobs in their order and waits for them.',
    maxRuntime: '4h',
  }),
  rhythm: { at: '03:00', zone: BERLIN },
  ids: 'date',
  users: ['svc-workflow'],
  duration: { median: 3_300, sigma: 0.12 },
  steps: steps(
    ['ledger-close', 'Close the ledger', 3],
    ['finance-marts', 'Build the marts', 5],
    ['report', 'Send reports', 1]
  ),
  volume: { median: 3, sigma: 0.01, noun: 'jobs' },
  program: workflow,
};

const ledgerClose: JobSpec = {
  job: 'finance/ledger-close',
  config: config('finance/ledger-close', {
    name: 'Ledger close',
    type: 'etl',
    owner: 'finance-platform@halden.example',
    description: 'Closes the day in the general ledger.',
    source: database('ledger', 'pg-ledger.internal', 'ledger'),
    maxRuntime: '2h',
  }),
  rhythm: { at: '03:01', zone: BERLIN },
  ids: 'date',
  users: ['svc-ledger'],
  calledBy: { job: 'nightly/finance' },
  duration: { median: 960, sigma: 0.15 },
  steps: steps(['query', 'Collect postings', 4], ['render', 'Balance accounts', 3], ['send', 'Lock the day', 1]),
  volume: { median: 41_000, sigma: 0.15, noun: 'postings' },
  program: report(['postings', 'accruals', 'intercompany', 'currency_gains', 'open_items'], 4),
};

const fxRates: JobSpec = {
  job: 'finance/fx-rates',
  config: config('finance/fx-rates', {
    name: 'Exchange rates',
    type: 'etl',
    owner: 'treasury@halden.example',
    description: 'Reference rates of the central bank, every hour.',
  }),
  rhythm: { every: 60, offset: 2 },
  users: ['svc-treasury'],
  duration: { median: 4, sigma: 0.3 },
  steps: steps(['fetch', 'Ask for rates', 3], ['store', 'Store', 1]),
  volume: { median: 32, sigma: 0.02, noun: 'rates' },
  program: poll({ hosts: ['rates.centralbank.example'], path: () => '/v2/reference', noun: 'rates', calls: 5 }),
  failureRate: () => 0.012,
  failures: [
    {
      type: 'RateLimited',
      step: 'fetch',
      message: (run) => `rates.centralbank.example answered 429, retry after ${30 + (run.dice % 30)} s`,
    },
  ],
  retries: 1,
};

const payroll: JobSpec = {
  job: 'hr/payroll-file',
  config: config('hr/payroll-file', {
    name: 'Payroll file',
    type: 'export',
    owner: 'people-ops@halden.example',
    description: 'Hours and absences of the week for the payroll provider.',
    pool: 'office',
    grace: '2h',
  }),
  rhythm: { at: '18:00', zone: BERLIN, weekdays: [5] },
  ids: 'date',
  users: ['m.okafor', 'svc-hr'],
  duration: { median: 380, sigma: 0.1 },
  steps: steps(['extract', 'Read hours', 4], ['transform', 'Apply absences', 2], ['load', 'Write file', 1]),
  volume: { median: 1_240, sigma: 0.02, noun: 'employees' },
  program: apiExport({
    version: '2.3.1',
    host: 'hours.internal',
    noun: 'employees',
    pageSize: 100,
    target: 'sftp://payroll.example/in',
  }),
};

export const billing: readonly JobSpec[] = [
  invoiceExport,
  paymentReconciliation,
  dunning,
  nightlyFinance,
  ledgerClose,
  fxRates,
  payroll,
];
