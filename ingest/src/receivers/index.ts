import { basiq } from './basiq.js';
import { harperdb } from './harperdb.js';
import type { Receiver } from './receiver.js';
import { workato } from './workato.js';

/** Every format that `POST /v1/receive/{name}` takes. */
export const receivers: readonly Receiver[] = [basiq, harperdb, workato];
