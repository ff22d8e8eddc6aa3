import type { LogLine, Program, StepSpec, Telling } from '../types.js';
import { clock, GREEN, RESET, thousands, upTo, YELLOW } from './text.js';

/** Copies changes table by table; `detail` is how many lines each table gets. */
export function replication(tables: readonly [string, ...string[]], detail: number): Program {
  return {
    begin: (run) => [
      `replica 2.31.4 (commit ${run.commit}) from ${String(run.source['connection'] ?? 'source')} to warehouse`,
      `resuming after position ${lsn(run)}`,
    ],
    step(run, { step }) {
      switch (step) {
        case 'schema':
          return tables.map((table) => `schema ${table}: ${8 + (table.length % 5) * 6} columns, no change`);
        case 'copy':
          return tables.flatMap((table, index) => copyTable(run, table, index, tables.length, detail));
        default:
          return [`verified ${tables.length} tables: row counts agree`];
      }
    },
    end: (run) => [`replicated ${thousands(run.volume - run.failures)} rows, position now ${lsn(run)}`],
  };
}

function copyTable(run: Telling, table: string, index: number, tables: number, detail: number): LogLine[] {
  // The first tables are the busy ones.
  const rows = Math.round((run.volume * 2 * (tables - index)) / (tables * (tables + 1)));
  const progress = upTo(detail - 1).map(
    (part) => `${table}: ${thousands((rows * part) / detail)} of ${thousands(rows)} rows written`
  );
  const lag = run.random.int(1, 40);
  const done = `${table}: ${thousands(rows)} rows written in ${Math.round(run.random.logNormal(240, 0.5))} ms, lag ${lag} s`;
  return [...progress, lag > 38 ? ['warn', `${done} (over 38 s)`] : done];
}

function lsn(run: Telling): string {
  return `5D/${run.random.hex(8).toUpperCase()}`;
}

const MODELS = ['stg_orders', 'stg_order_lines', 'stg_payments', 'stg_customers', 'stg_shipments', 'stg_refunds']
  .concat(['int_orders_enriched', 'int_payments_by_day', 'int_customer_lifetime', 'int_stock_levels', 'int_returns'])
  .concat(['dim_customers', 'dim_products', 'dim_stores', 'fct_orders', 'fct_revenue', 'fct_margin', 'fct_returns'])
  .concat(['mart_sales_daily', 'mart_finance_close', 'mart_inventory', 'mart_marketing_spend', 'mart_churn']);

/** Builds models one after the other and colours its words, as dbt does. */
export function dbt(models: number): Program {
  const nameOf = (number: number) => {
    const round = Math.floor((number - 1) / MODELS.length);
    return `${MODELS[(number - 1) % MODELS.length]}${round > 0 ? `_v${round + 1}` : ''}`;
  };
  const model = (run: Telling, number: number): string[] => {
    const seconds = run.random.logNormal(2.4, 0.7).toFixed(2);
    const rows = thousands(run.random.logNormal(40_000, 1.4));
    const label = `sql table model marts.${nameOf(number)}`;
    const at = clock(run.at + number * 4_000);
    return [
      `${at} | ${number} of ${models} START ${label} ${'.'.repeat(Math.max(3, 44 - label.length))} [RUN]`,
      `${at} | ${number} of ${models} OK created ${label} ${'.'.repeat(Math.max(3, 39 - label.length))} [${GREEN}SELECT ${rows}${RESET} in ${seconds}s]`,
    ];
  };
  return {
    bare: true,
    begin: (run) => [
      `${clock(run.at)} | Running with dbt=1.9.1`,
      `${clock(run.at)} | Registered adapter: clickhouse=1.9.2`,
      `${clock(run.at)} | Found ${models} models, 212 data tests, 38 sources, 611 macros`,
    ],
    step(run, { step }) {
      if (step === 'run') {
        return upTo(models).flatMap((number) => model(run, number));
      }
      if (step === 'test') {
        return upTo(60).map((number) => dataTest(run, number, nameOf(number)));
      }
      return [`${clock(run.at)} | Concurrency: 8 threads (target='prod')`];
    },
    end: (run) => [
      `${clock(run.at)} | ${GREEN}Completed successfully${RESET}`,
      `${clock(run.at)} | Done. PASS=${models + 60 - run.failures} WARN=${run.failures} ERROR=0 SKIP=0 TOTAL=${models + 60}`,
    ],
  };
}

function dataTest(run: Telling, number: number, model: string): LogLine {
  const name = `${number % 2 ? 'not_null' : 'unique'}_${model}_id`;
  return run.random.chance(0.01)
    ? `${clock(run.at)} | ${number} of 60 WARN 3 ${name} ${'.'.repeat(20)} [${YELLOW}WARN 3${RESET} in 0.41s]`
    : `${clock(run.at)} | ${number} of 60 PASS ${name} ${'.'.repeat(20)} [${GREEN}PASS${RESET} in 0.28s]`;
}

/** One table after the other, with what VACUUM VERBOSE says of each. */
export function vacuum(tables: readonly string[]): Program {
  return {
    bare: true,
    begin: () => ['INFO:  vacuumdb: processing database "main"'],
    step(run: Telling, { step }: StepSpec) {
      if (step === 'analyze') {
        return tables.map((table) => `INFO:  analyzing "public.${table}"`);
      }
      return tables.flatMap((table) => {
        const dead = run.random.int(2_000, 90_000);
        return [
          `INFO:  vacuuming "main.public.${table}"`,
          `INFO:  finished vacuuming "main.public.${table}": index scans: 1`,
          `pages: 0 removed, ${thousands(dead * 1.4)} remain, ${thousands(dead / 12)} scanned`,
          `tuples: ${thousands(dead)} removed, ${thousands(dead * 41)} remain, 0 are dead but not yet removable`,
        ];
      });
    },
    end: (run) => [`INFO:  ${run.volume} pages freed`],
  };
}
