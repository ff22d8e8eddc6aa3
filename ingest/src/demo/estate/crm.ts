import { connectionRefresh, recipe, report } from '../programs/office.js';
import { nodeTrace } from '../programs/traces.js';
import type { JobSpec } from '../types.js';
import { BERLIN, config, steps, WEEKDAYS } from './parts.js';

const REFRESH_STEPS = steps(
  ['sign-in', 'Sign in', 1],
  ['describe', 'Read schema', 2],
  ['refresh', 'Refresh objects', 8],
  ['publish', 'Publish', 1]
);

/** Nobody noticed that its schedule was removed three days ago. */
const contactsRefresh: JobSpec = {
  job: 'crm/contacts-refresh',
  config: config('crm/contacts-refresh', {
    name: 'Contacts refresh',
    type: 'connection-refresh',
    owner: 'growth@halden.example',
    description: 'Contacts of the marketing suite, every six hours.',
    grace: '30m',
    source: {
      connection: 'marketing-suite',
      endpoint: { url: 'https://api.marketing.example/v3', region: 'eu' },
      credentials: { client_id: 'halden-crm', client_secret: '********' },
    },
  }),
  rhythm: { every: 360 },
  users: ['svc-crm'],
  duration: { median: 140, sigma: 0.2 },
  steps: REFRESH_STEPS,
  volume: { median: 5_400, sigma: 0.2, noun: 'contacts' },
  program: connectionRefresh('api.marketing.example', ['contacts', 'companies', 'lists', 'consents', 'campaigns']),
  failureRate: (age) => (age > 7 ? 0.04 : 0),
  failures: [
    {
      type: 'RateLimited',
      step: 'refresh',
      message: () => 'api.marketing.example: daily quota of 40,000 calls used up',
    },
  ],
  stoppedDaysAgo: 3,
};

/** Its password ran out on a weekend; somebody put a new one in on Monday. */
const salesRefresh: JobSpec = {
  job: 'crm/sales-refresh',
  config: config('crm/sales-refresh', {
    name: 'Sales pipeline refresh',
    type: 'connection-refresh',
    owner: 'sales-ops@halden.example',
    description: 'Opportunities and accounts of the sales system, every half hour.',
    source: {
      connection: 'sales-cloud',
      endpoint: { url: 'https://halden.sales.example', api_version: 'v61.0' },
      credentials: { user: 'integration@halden.example', password: '********' },
    },
  }),
  rhythm: { every: 30, offset: 4 },
  users: ['svc-crm'],
  duration: { median: 48, sigma: 0.25, daily: 0.6 },
  steps: REFRESH_STEPS,
  volume: { median: 720, sigma: 0.5, noun: 'objects' },
  program: connectionRefresh('halden.sales.example', [
    'Account',
    'Contact',
    'Opportunity',
    'OpportunityLine',
    'Quote',
    'Task',
    'Campaign',
    'Case',
  ]),
  failureRate: (age) => (age > 9 && age < 10.4 ? 1 : 0.006),
  failureAt: (age) => (age > 9 && age < 10.4 ? 'CredentialsExpired' : 'UpstreamTimeout'),
  failures: [
    {
      type: 'CredentialsExpired',
      step: 'sign-in',
      message: () => 'halden.sales.example: the password of integration@halden.example has expired',
      warnings: () => ['sign-in refused: INVALID_LOGIN, trying once more'],
      actions: [
        'Set a new password for integration@halden.example in the sales system',
        'Put it into the connection "sales-cloud"',
        'Press "Test connection", then run again',
      ],
    },
    {
      type: 'UpstreamTimeout',
      step: 'refresh',
      stall: 60,
      message: () => 'POST /query Opportunity took 60 s',
      trace: () =>
        nodeTrace('Session.query (/srv/refresh/session.js:212:15)', 'refreshObject (/srv/refresh/objects.js:58:20)'),
    },
  ],
};

const contactToErp: JobSpec = {
  job: 'crm/contact-to-erp',
  config: config('crm/contact-to-erp', {
    name: 'New contact to ERP',
    type: 'recipe',
    owner: 'sales-ops@halden.example',
    description: 'Each new contact of the sales system becomes a customer of the ERP.',
    source: { connection: 'sales-cloud', trigger: { object: 'Contact', event: 'created' } },
  }),
  rhythm: { perHour: 10 },
  ids: 'counter',
  users: ['svc-recipes'],
  duration: { median: 5.5, sigma: 0.4 },
  steps: steps(
    ['line-1', 'Read contact', 1],
    ['line-2', 'Look up customer', 2],
    ['line-3', 'Check credit', 3],
    ['line-4', 'Write customer', 2],
    ['line-5', 'Tell sales', 1]
  ),
  volume: { median: 14, sigma: 0.3, noun: 'fields' },
  program: recipe([
    { adapter: 'sales', operation: 'get_contact' },
    { adapter: 'erp', operation: 'search_customer' },
    { adapter: 'credit', operation: 'check', secret: true },
    { adapter: 'erp', operation: 'upsert_customer' },
    { adapter: 'chat', operation: 'post_message' },
  ]),
  failureRate: () => 0.035,
  failures: [
    {
      type: 'ValidationError',
      step: 'line-4',
      weight: 3,
      message: (run) => `erp.upsert_customer: postal code "${String(run.dice).padStart(6, '0')}" is none of country DE`,
      actions: ['Correct the postal code of the contact', 'Repeat the job'],
    },
    { type: 'UpstreamTimeout', step: 'line-3', stall: 20, message: () => 'credit.check took 20 s' },
  ],
  report: (run) => ({
    customer: `ERP-${100_000 + (run.dice % 90_000)}`,
    market: run.dice % 3 ? 'DE' : 'AT',
    credit_limit: (run.dice % 50) * 500,
  }),
};

const leadScoring: JobSpec = {
  job: 'crm/lead-scoring',
  config: config('crm/lead-scoring', {
    name: 'Lead scoring',
    type: 'recipe',
    owner: 'growth@halden.example',
    description: 'Scores a lead whenever it fills in a form.',
  }),
  rhythm: { perHour: 14 },
  ids: 'counter',
  users: ['svc-recipes'],
  duration: { median: 2.4, sigma: 0.5 },
  steps: steps(['line-1', 'Read lead', 1], ['line-2', 'Enrich company', 3], ['line-3', 'Write score', 1]),
  volume: { median: 6, sigma: 0.3, noun: 'fields' },
  program: recipe([
    { adapter: 'forms', operation: 'get_submission' },
    { adapter: 'registry', operation: 'find_company' },
    { adapter: 'sales', operation: 'update_lead' },
  ]),
  skipped: { rate: 0.06, message: 'skipped: the lead was scored within the last day' },
  failureRate: () => 0.01,
  failures: [
    {
      type: 'NotFound',
      step: 'line-2',
      message: (run) => `registry.find_company: no company with number HRB ${10_000 + (run.dice % 80_000)}`,
    },
  ],
};

const csat: JobSpec = {
  job: 'support/csat-report',
  config: config('support/csat-report', {
    name: 'Customer satisfaction report',
    type: 'report',
    owner: 'support@halden.example',
    description: 'Yesterday in numbers, for the morning meeting.',
    pool: 'office',
  }),
  rhythm: { at: '07:00', zone: BERLIN, weekdays: WEEKDAYS },
  ids: 'date',
  users: ['svc-reports'],
  duration: { median: 95, sigma: 0.2 },
  steps: steps(['query', 'Ask the warehouse', 5], ['render', 'Draw', 2], ['send', 'Send', 1]),
  volume: { median: 2_900, sigma: 0.2, noun: 'answers' },
  program: report(['answers', 'response_times', 'reopened', 'by_team', 'by_market'], 22),
};

/** Running right now, and in good time. */
const ticketExport: JobSpec = {
  job: 'support/ticket-export',
  config: config('support/ticket-export', {
    name: 'Ticket export',
    type: 'export',
    owner: 'support@halden.example',
    description: 'Tickets and answers for the warehouse, every two hours.',
    grace: '20m',
  }),
  rhythm: { every: 120, offset: 15 },
  users: ['svc-support'],
  duration: { median: 640, sigma: 0.15, daily: 0.3 },
  steps: steps(
    ['sign-in', 'Sign in', 1],
    ['describe', 'Read fields', 1],
    ['refresh', 'Export tickets', 9],
    ['publish', 'Publish', 1]
  ),
  volume: { median: 1_900, sigma: 0.3, noun: 'tickets' },
  program: connectionRefresh('desk.support.example', ['tickets', 'comments', 'users', 'organisations', 'ratings']),
  itemFailureRate: 0.001,
  open: { sinceSeconds: 260, step: 'refresh' },
};

export const crm: readonly JobSpec[] = [contactsRefresh, salesRefresh, contactToErp, leadScoring, csat, ticketExport];
