import { csv } from './csv.js';
import type { ByteSource } from './input.js';
import type { Items, Kind } from './item.js';
import { ndjson } from './ndjson.js';

export interface FormatOptions {
  mapping?: string;
  kind: Kind;
}

export interface ImportFormat {
  name: string;
  /** Says what is wrong with the options before anything is read, and reads what all files need. */
  prepare(options: FormatOptions): Promise<(source: ByteSource) => Items>;
}

/** Every format that `joblens import` takes. A new one is a file here and a line in this list. */
export const FORMATS: readonly ImportFormat[] = [ndjson, csv];
