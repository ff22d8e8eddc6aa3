import { dbt, replication } from '../programs/database.js';
import { ingestFiles } from '../programs/files.js';
import { javaTrace } from '../programs/traces.js';
import type { JobSpec } from '../types.js';
import { BERLIN, config, database, steps } from './parts.js';
import { catalogRecords, CUSTOMER_TABLES, customerRecords } from './records.js';

const REPLICATION_STEPS = steps(
  ['schema', 'Compare schemas', 1],
  ['copy', 'Copy changes', 8],
  ['verify', 'Compare counts', 1]
);

/** One run in fourteen fails, and one in five since yesterday; most retries help. */
const ordersSync: JobSpec = {
  job: 'warehouse/orders-sync',
  config: config('warehouse/orders-sync', {
    name: 'Orders to the warehouse',
    type: 'replication',
    owner: 'data-platform@halden.example',
    description: 'Changes of the shop database into the warehouse, every ten minutes.',
    source: database('shop-db', 'pg-shop.internal', 'shop'),
    grace: '10m',
    maxRuntime: '1h',
  }),
  rhythm: { every: 10 },
  users: ['svc-replica'],
  duration: { median: 38, sigma: 0.25, daily: 1.1 },
  steps: REPLICATION_STEPS,
  volume: { median: 2_600, sigma: 0.5, noun: 'rows' },
  program: replication(['orders', 'order_lines', 'shipments', 'refunds'], 3),
  failureRate: (age) => (age < 1.3 ? 0.22 : 0.07),
  retries: 1,
  failures: [
    {
      type: 'UniqueViolation',
      step: 'copy',
      weight: 4,
      message: (run) => `duplicate key orders_pk (order_id)=(${80_000 + (run.dice % 20_000)})`,
      warnings: () => ['batch 12 of 14: 1 of 500 rows refused, trying one by one'],
      trace: (run) =>
        javaTrace(
          'java.sql.BatchUpdateException: duplicate key value violates unique constraint "orders_pk"',
          'example.halden.replica.Writer.flush(Writer.java:214)',
          'example.halden.replica.TableCopy.run(TableCopy.java:97)'
        ).concat(`Detail: Key (order_id)=(${80_000 + (run.dice % 20_000)}) already exists.`),
      actions: ['Find the order that was sent twice', 'Remove the older copy, then run again'],
    },
    {
      type: 'ConnectionReset',
      step: 'copy',
      message: () => 'pg-shop.internal:5432 closed the connection',
      warnings: () => ['no data for 30 s, sending a keep-alive'],
    },
  ],
};

const inventorySync: JobSpec = {
  job: 'warehouse/inventory-sync',
  config: config('warehouse/inventory-sync', {
    name: 'Stock levels',
    type: 'replication',
    owner: 'data-platform@halden.example',
    description: 'Stock of all stores, every five minutes.',
    source: database('stock-db', 'pg-stock.internal', 'stock'),
    grace: '5m',
    maxRuntime: '20m',
  }),
  rhythm: { every: 5 },
  users: ['svc-replica'],
  duration: { median: 9, sigma: 0.3, daily: 0.8 },
  steps: REPLICATION_STEPS,
  volume: { median: 900, sigma: 0.4, noun: 'rows' },
  program: replication(['stock_levels', 'stock_moves', 'reservations'], 1),
  failureRate: (age) => (age > 5.1 && age < 5.2 ? 0.9 : 0.004),
  failures: [
    {
      type: 'ReplicationSlotLost',
      step: 'copy',
      message: () => 'replication slot "stock_db_slot" is no longer available',
      warnings: () => ['WAL of the slot exceeds max_slot_wal_keep_size'],
      actions: ['Create the slot anew', 'Run a full copy with --resync'],
    },
    { type: 'LockTimeout', step: 'verify', message: () => 'lock on stock_moves not granted within 5 s' },
  ],
};

const customersReplication: JobSpec = {
  job: 'warehouse/customers-replication',
  config: config('warehouse/customers-replication', {
    name: 'Customers replication',
    type: 'replication',
    owner: 'data-platform@halden.example',
    description: 'Customer master data, schema and rows, every hour.',
    source: database('postgres-main', 'pg-main.internal', 'main'),
  }),
  rhythm: { every: 60, offset: 25 },
  users: ['svc-replica'],
  duration: { median: 95, sigma: 0.2, daily: 0.4 },
  steps: REPLICATION_STEPS,
  volume: { median: 38, sigma: 0.3, noun: 'rows' },
  itemFailureRate: 0.02,
  program: replication(CUSTOMER_TABLES, 3),
  records: customerRecords,
  failureRate: () => 0.012,
  failures: [
    {
      type: 'SchemaDrift',
      step: 'schema',
      message: () => 'column customers.vat_id changed from varchar(14) to varchar(18)',
      actions: ['Apply the change to the warehouse table', 'Run again with --accept-schema'],
    },
  ],
};

const catalogReplication: JobSpec = {
  job: 'warehouse/product-catalog-replication',
  config: config('warehouse/product-catalog-replication', {
    name: 'Product catalogue replication',
    type: 'replication',
    owner: 'data-platform@halden.example',
    description: 'Products, prices and texts of all markets, four times a day.',
    source: database('catalog-db', 'pg-catalog.internal', 'catalog'),
    grace: '30m',
  }),
  rhythm: { every: 360, offset: 40 },
  users: ['svc-replica', 'j.lindqvist'],
  duration: { median: 540, sigma: 0.2 },
  steps: REPLICATION_STEPS,
  volume: { median: 60, sigma: 0.25, noun: 'rows' },
  itemFailureRate: 0.08,
  program: replication(
    ['products', 'prices', 'product_texts', 'media', 'categories', 'markets', 'taxes', 'suppliers'],
    24
  ),
  records: catalogRecords,
};

const financeMarts: JobSpec = {
  job: 'warehouse/finance-marts',
  config: config('warehouse/finance-marts', {
    name: 'Finance marts',
    type: 'etl',
    owner: 'analytics@halden.example',
    description: 'The models that the finance reports read.',
    maxRuntime: '3h',
  }),
  rhythm: { at: '03:20', zone: BERLIN },
  ids: 'date',
  users: ['svc-dbt'],
  calledBy: { job: 'nightly/finance' },
  duration: { median: 1_500, sigma: 0.15 },
  steps: steps(['compile', 'Compile', 1], ['run', 'Build models', 16], ['test', 'Test data', 4]),
  volume: { median: 148, sigma: 0.01, noun: 'models' },
  program: dbt(148),
  failureRate: (age) => (age > 6 && age < 8 ? 0.6 : 0.02),
  failures: [
    {
      type: 'DatabaseError',
      step: 'run',
      message: () => 'model fct_revenue (models/marts/fct_revenue.sql): unknown column "net_amount_eur"',
      trace: () => [
        '  Code: 47. DB::Exception: Unknown expression identifier `net_amount_eur` in scope SELECT order_id, net_amount_eur',
        '  compiled code at target/run/halden/models/marts/fct_revenue.sql',
      ],
      actions: ['Compare stg_payments with the model; the column was renamed on the source side'],
    },
  ],
  retries: 1,
};

const dbtDaily: JobSpec = {
  job: 'warehouse/dbt-daily',
  config: config('warehouse/dbt-daily', {
    name: 'All models, daily',
    type: 'etl',
    owner: 'analytics@halden.example',
    description: 'Every model of the warehouse with its tests.',
    maxRuntime: '4h',
  }),
  rhythm: { at: '04:30', zone: BERLIN },
  ids: 'date',
  users: ['svc-dbt'],
  duration: { median: 4_900, sigma: 0.12 },
  steps: steps(['compile', 'Compile', 1], ['run', 'Build models', 20], ['test', 'Test data', 6]),
  volume: { median: 640, sigma: 0.01, noun: 'models' },
  itemFailureRate: 0.004,
  program: dbt(640),
};

const clickstream: JobSpec = {
  job: 'warehouse/clickstream-load',
  config: config('warehouse/clickstream-load', {
    name: 'Clickstream load',
    type: 'etl',
    owner: 'data-platform@halden.example',
    description: 'Page views and searches of the last hour.',
    pool: 'bulk',
    maxRuntime: '50m',
  }),
  rhythm: { every: 60, offset: 5 },
  ids: 'pod',
  users: ['svc-clickstream'],
  duration: { median: 420, sigma: 0.2, daily: 2.2 },
  steps: steps(['list', 'List files', 1], ['load', 'Load rows', 14], ['merge', 'Merge sessions', 5]),
  volume: { median: 2_400_000, sigma: 0.3, noun: 'events' },
  program: ingestFiles('halden-clickstream', 144),
  failureRate: () => 0.02,
  failures: [
    {
      type: 'OOMKilled',
      step: 'merge',
      message: () => 'container exceeded 2Gi',
      warnings: (run) => [
        `heap at ${88 + (run.dice % 8)} % of 2 GiB, spilling`,
        'GC overhead: 71 % of the last minute',
      ],
      actions: ['Raise the memory of the pod to 4Gi', 'Run the hour again in two halves'],
    },
  ],
  retries: 1,
};

export const warehouse: readonly JobSpec[] = [
  ordersSync,
  inventorySync,
  customersReplication,
  catalogReplication,
  financeMarts,
  dbtDaily,
  clickstream,
];
