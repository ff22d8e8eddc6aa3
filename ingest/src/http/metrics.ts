import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Spool } from '../spool/spool.js';

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
}
