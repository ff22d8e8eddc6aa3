import type { JobConfig } from '../../model/job.js';
import type { StepSpec } from '../types.js';

export const BERLIN = 'Europe/Berlin';
export const WEEKDAYS = [1, 2, 3, 4, 5] as const;

/** `['extract', 'Read invoices', 6]`: id, title, share of the run's duration. */
export function steps(...parts: ReadonlyArray<readonly [step: string, title: string, share: number]>): StepSpec[] {
  return parts.map(([step, title, share]) => ({ step, title, share }));
}

interface Told {
  name: string;
  type: string;
  owner: string;
  description: string;
  pool?: string;
  region?: string;
  env?: string;
  grace?: string;
  maxRuntime?: string;
  source?: Record<string, unknown>;
  actions?: string[];
}

/** A job's config as its team keeps it. */
export function config(job: string, told: Told): JobConfig {
  const team = job.split('/')[0] ?? job;
  return {
    name: told.name,
    type: told.type,
    owner: told.owner,
    description: told.description,
    runbook_url: `https://runbooks.halden.example/${job.split('/').map(encodeURIComponent).join('/')}`,
    grace: told.grace ?? '15m',
    max_runtime: told.maxRuntime ?? '6h',
    tags: { env: told.env ?? 'prod', team, region: told.region ?? 'eu-1', pool: told.pool ?? 'batch' },
    source: told.source,
    recommended_actions: told.actions,
  };
}

/** Where a replication reads from; the password is masked, as it is everywhere. */
export function database(connection: string, host: string, name: string): Record<string, unknown> {
  return {
    connection,
    kind: 'postgresql',
    endpoint: { host, port: 5432, database: name, ssl: { mode: 'verify-full', ca: 'halden-root-2024' } },
    credentials: { user: 'replicator', password: '********' },
    publication: { name: 'joblens_pub', slot: `${connection.replaceAll('-', '_')}_slot`, plugin: 'pgoutput' },
  };
}
