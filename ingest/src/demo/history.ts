import { runEvent } from './events.js';
import { ESTATE } from './estate/index.js';
import { OBJECTIVES } from './estate/objectives.js';
import { writeLog } from './log.js';
import { missedRuns } from './missed.js';
import { planRuns } from './plan.js';
import type { PlannedRun } from './types.js';

/** A request's worth of the history: `body` is NDJSON for `POST path`, or one object for `PUT path`. */
export interface DemoBatch {
  method: 'POST' | 'PUT';
  path: string;
  body: string;
  /** How many objects the body holds. */
  items: number;
  /** Only admins may send it; the history is whole without it. */
  optional?: boolean;
}

export interface DemoOptions {
  seed?: number;
  /** Epoch milliseconds: the history ends here. */
  now: number;
}

/** About how many objects the whole history holds, for a progress bar. */
export const DEMO_ITEMS = 540_000;
export const DEFAULT_SEED = 20_261;
const BATCH_BYTES = 4 * 1024 * 1024;
const EVENTS_AT_ONCE = 2000;

/**
 * Two weeks in the life of a company's jobs, request by request. The same seed and `now` give the same bytes. Objectives and
 * job configs come first, then all runs, then their records and lines.
 */
export function* demoHistory({ seed = DEFAULT_SEED, now }: DemoOptions): Generator<DemoBatch> {
  yield { method: 'PUT', path: '/v1/slos', body: JSON.stringify(OBJECTIVES), items: 1, optional: true };
  for (const { job, config, rhythm } of ESTATE) {
    // Configured before its first run; the one that never ran has only just been.
    const since = rhythm ? { created_at: now - 15 * 86_400_000 } : {};
    yield {
      method: 'PUT',
      path: `/v1/job?job=${encodeURIComponent(job)}`,
      body: JSON.stringify({ ...config, ...since }),
      items: 1,
    };
  }
  // All runs before the first line: a page that is looked at meanwhile shows them as they ended.
  const planned = ESTATE.map((spec) => planRuns(spec, seed, now));
  const runs = new BatchWriter('/v1/runs', EVENTS_AT_ONCE);
  for (const run of planned.flat()) {
    for (const attempt of run.attempts) {
      yield* runs.add(`${JSON.stringify(runEvent(run, attempt))}\n`, 1);
    }
  }
  for (const event of ESTATE.flatMap((spec) => missedRuns(spec, now))) {
    yield* runs.add(`${JSON.stringify(event)}\n`, 1);
  }
  yield* runs.rest();

  const records = new BatchWriter('/v1/records');
  const lines = new BatchWriter('/v1/lines');
  for (const run of planned.flat()) {
    for (const record of recordsOf(run)) {
      yield* records.add(record, 1);
    }
    for (const attempt of run.attempts) {
      const log = writeLog(run, attempt, now);
      yield* lines.add(log.text, log.lines);
    }
  }
  yield* records.rest();
  yield* lines.rest();
}

/** Only a run that came to its end has all its records. */
export function recordsOf({ spec, telling, attempts }: PlannedRun): string[] {
  if (!spec.records || attempts.at(-1)?.status !== 'succeeded') {
    return [];
  }
  return spec.records(telling).map((record) => `${JSON.stringify({ job: spec.job, run: telling.run, ...record })}\n`);
}

/** Collects NDJSON until it is worth a request. */
class BatchWriter {
  private parts: string[] = [];
  private bytes = 0;
  private items = 0;

  constructor(
    private readonly path: string,
    private readonly maxItems = Infinity
  ) {}

  *add(text: string, items: number): Generator<DemoBatch> {
    this.parts.push(text);
    this.bytes += text.length;
    this.items += items;
    if (this.bytes >= BATCH_BYTES || this.items >= this.maxItems) {
      yield* this.rest();
    }
  }

  *rest(): Generator<DemoBatch> {
    if (this.items > 0) {
      yield { method: 'POST', path: this.path, body: this.parts.join(''), items: this.items };
    }
    this.parts = [];
    this.bytes = 0;
    this.items = 0;
  }
}
