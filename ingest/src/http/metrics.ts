import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Spool } from '../spool/spool.js';
import type { JobLimit } from '../storage/job-limit.js';

/** What the service says of itself, in Prometheus text. */
export class Metrics {
  readonly registry = new Registry();
  readonly accepted = new Counter({
    name: 'joblens_accepted_total',
    help: 'Items accepted, durable on disk, by kind',
    labelNames: ['kind'],
    registers: [this.registry],
  });
  readonly rejected = new Counter({
    name: 'joblens_rejected_total',
    help: 'Items refused or set aside, by kind',
    labelNames: ['kind'],
    registers: [this.registry],
  });
  readonly bytes = new Counter({
    name: 'joblens_received_bytes_total',
    help: 'Bytes accepted, after decompression',
    registers: [this.registry],
  });
  readonly requests = new Histogram({
    name: 'joblens_http_request_seconds',
    help: 'Time to answer, by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });

  readonly replication = new ReplicationMetrics(this.registry);

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  watch(spool: Spool): void {
    const gauge = (name: string, help: string, read: () => number) =>
      new Gauge({
        name,
        help,
        registers: [this.registry],
        collect() {
          this.set(read());
        },
      });
    gauge('joblens_spool_bytes', 'Bytes that wait to be stored', () => spool.state.bytes);
    gauge('joblens_spool_segments', 'Segments that wait to be stored', () => spool.state.segments);
    gauge('joblens_spool_lag_seconds', 'Age of the oldest unstored data', () => spool.state.lag);
    gauge(
      'joblens_spool_set_aside',
      'Segments that could not be stored and stay in spool/aside',
      () => spool.state.setAside
    );
  }

  watchJobs(jobLimit: JobLimit): void {
    new Gauge({
      name: 'joblens_jobs',
      help: 'Jobs of each tenant',
      labelNames: ['tenant'],
      registers: [this.registry],
      collect() {
        this.reset();
        jobLimit.counts.forEach((jobs, tenant) => this.set({ tenant }, jobs));
      },
    });
    new Gauge({
      name: 'joblens_jobs_limit',
      help: 'Jobs that a tenant may have (JOBLENS_MAX_JOBS)',
      registers: [this.registry],
    }).set(jobLimit.limit);
  }
}

/** What replication to S3 does and leaves undone, by tenant. */
class ReplicationMetrics {
  readonly #written: Counter<'tenant'>;
  readonly #bytes: Counter<'tenant'>;
  readonly #failures: Counter<'tenant'>;
  readonly #backlog: Gauge<'tenant'>;
  readonly #lag: Gauge<'tenant'>;

  constructor(registry: Registry) {
    const about = (name: string, help: string) => ({
      name: `joblens_replication_${name}`,
      help,
      labelNames: ['tenant'] as const,
      registers: [registry],
    });
    this.#written = new Counter(about('written_total', 'Job history files written to S3'));
    this.#bytes = new Counter(about('written_bytes_total', 'Bytes of job history files written to S3'));
    this.#failures = new Counter(about('failures_total', 'Times that S3 did not take what there was to write'));
    this.#backlog = new Gauge(about('backlog', 'Finished runs that wait to be written to S3'));
    this.#lag = new Gauge(about('lag_seconds', 'How long the oldest of them has waited'));
  }

  wrote(tenant: string, { key, bytes }: { key: string; bytes: number }): void {
    this.#written.inc({ tenant }, key === '' ? 0 : 1);
    this.#bytes.inc({ tenant }, bytes);
  }

  failed(tenant: string): void {
    this.#failures.inc({ tenant });
  }

  waits(tenant: string, { runs, oldest }: { runs: number; oldest: number | null }): void {
    this.#backlog.set({ tenant }, runs);
    this.#lag.set({ tenant }, oldest === null ? 0 : (Date.now() - oldest) / 1000);
  }

  /** Another service tells of this tenant, or none. */
  forget(tenant: string): void {
    this.#backlog.remove({ tenant });
    this.#lag.remove({ tenant });
  }
}
