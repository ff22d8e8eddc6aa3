import { v7 as uuidv7 } from 'uuid';
import type { Caller, Services } from '../http/context.js';

/** A change as the audit trail keeps it. */
export interface Change {
  /** What was done, such as `run.annotate`, `job.purge` or `settings.retention`. */
  action: string;
  job?: string;
  run?: string;
  before?: unknown;
  after?: unknown;
}

/**
 * Does a change and writes it to the audit trail: that it begins, and how it ended. A change that can't be written
 * down first isn't done.
 */
export async function audited<T>(
  { db, redaction }: Pick<Services, 'db' | 'redaction'>,
  caller: Caller,
  change: Change,
  work: () => Promise<T>
): Promise<T> {
  const id = uuidv7();
  const asText = (value: unknown) => (value === undefined ? '' : JSON.stringify(value));
  const [before, after] = await redaction.texts(db, [asText(change.before), asText(change.after)]);
  const write = (outcome: 'begun' | 'done' | 'failed', error = '') =>
    db.insert('audit', [
      {
        tenant: caller.tenant,
        id,
        at: Date.now(),
        token: caller.name,
        user: caller.user ?? '',
        role: caller.role ?? '',
        action: change.action,
        job: change.job ?? '',
        run: change.run ?? '',
        outcome,
        before,
        after,
        error,
      },
    ]);
  await write('begun');
  try {
    const result = await work();
    await write('done');
    return result;
  } catch (error) {
    await write('failed', error instanceof Error ? error.message : String(error));
    throw error;
  }
}
