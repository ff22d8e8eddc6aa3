import { randomUUID } from 'node:crypto';
import { S3Problem, toS3Problem } from './s3-problem.js';
import { openBucket } from './s3.js';
import type { Connection } from './settings.js';

const STEPS = ['write', 'read', 'remove'] as const;
const ANSWER_MS = 10_000;

export interface ConnectionTest {
  ok: boolean;
  /** What was done, one after the other, up to what failed. */
  steps: Array<{ step: (typeof STEPS)[number]; ok: boolean; ms: number }>;
  /** What is wrong, and what to do. */
  problem: string | null;
}

/** Writes, reads and removes one object. */
export async function testConnection(connection: Connection): Promise<ConnectionTest> {
  const bucket = openBucket(connection, { attempts: 1, answerMs: ANSWER_MS });
  const key = `${connection.prefix}joblens-connection-test-${randomUUID()}`;
  const said = `Joblens wrote this to test the connection, ${new Date().toISOString()}`;
  const work = {
    write: () => bucket.put(key, said),
    read: async () => {
      if ((await bucket.get(key)) !== said) {
        throw new S3Problem(
          'What was read is not what was written: something between here and S3 changes it.',
          undefined
        );
      }
    },
    remove: () => bucket.remove(key),
  };
  const steps: ConnectionTest['steps'] = [];
  try {
    for (const step of STEPS) {
      const started = performance.now();
      try {
        await work[step]();
        steps.push({ step, ok: true, ms: Math.round(performance.now() - started) });
      } catch (error) {
        steps.push({ step, ok: false, ms: Math.round(performance.now() - started) });
        return { ok: false, steps, problem: toS3Problem(error, connection, step).message };
      }
    }
    return { ok: true, steps, problem: null };
  } finally {
    bucket.close();
  }
}
