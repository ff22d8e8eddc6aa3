import type { z } from 'zod';
import type { slosSchema } from '../../schedules/slos.js';

/** What Halden promises of its jobs: most is kept, the invoices' budget is gone. */
export const OBJECTIVES: z.input<typeof slosSchema> = {
  slos: [
    {
      id: 'invoices',
      name: 'Invoices go out',
      target: 0.98,
      window_days: 14,
      owner: 'finance-platform@halden.example',
      filters: [{ field: 'job', op: '=', value: 'billing/invoice-export' }],
    },
    {
      id: 'data-platform',
      name: 'The data platform delivers',
      target: 0.99,
      window_days: 14,
      owner: 'data-platform@halden.example',
      filters: [{ field: 'owner', op: '=', value: 'data-platform@halden.example' }],
    },
    {
      id: 'etl',
      name: 'ETL jobs succeed',
      target: 0.98,
      window_days: 14,
      filters: [{ field: 'type', op: '=', value: 'etl' }],
    },
    {
      id: 'shop',
      name: 'The shop is fresh',
      target: 0.98,
      window_days: 14,
      owner: 'web@halden.example',
      filters: [{ field: 'owner', op: '=', value: 'web@halden.example' }],
    },
  ],
};
