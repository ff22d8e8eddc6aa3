import type { Client } from '../client.js';
import { csv } from './csv.js';
import type { ByteSource } from './input.js';
import type { Items, Kind } from './item.js';
import { ndjson } from './ndjson.js';
import type { Tally } from './tally.js';
import type { Tree } from './tree.js';
import { workato } from './workato.js';

export interface FormatOptions {
  mapping?: string;
  kind: Kind;
}

/** A format of objects in files, one after the other. */
export interface ImportFormat {
  name: string;
  /** Says what is wrong with the options before anything is read, and reads what all files need. */
  prepare(options: FormatOptions): Promise<(source: ByteSource) => Items>;
}

export interface TreeOptions {
  dryRun?: boolean;
  wait?: boolean;
}

/** A format of many small files: of a folder, or a bucket. */
export interface TreeFormat {
  name: string;
  import(tree: Tree, client: Client, options: TreeOptions, tally: Tally): Promise<void>;
}

/** Every format that `joblens import` takes. A new one is a file here and a line in this list. */
export const FORMATS: ReadonlyArray<ImportFormat | TreeFormat> = [ndjson, csv, workato];
