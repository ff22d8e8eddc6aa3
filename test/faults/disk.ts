import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What the spool's disk does wrong; `disk.c` says how. */
export type DiskFault = 'none' | 'full' | 'fsync' | 'stuck';

const SOURCE = resolve(import.meta.dirname, 'disk.c');
const CACHE = resolve(import.meta.dirname, '../../node_modules/.cache/joblens');

/** A disk that fails on demand: a C library that stands before the system's calls, for files of the spool only. */
export function faultyDisk(data: string): { env: NodeJS.ProcessEnv; set(fault: DiskFault): void } {
  const file = join(data, 'disk-fault');
  const set = (fault: DiskFault) => {
    writeFileSync(`${file}.new`, fault);
    renameSync(`${file}.new`, file);
  };
  set('none');
  return { env: { LD_PRELOAD: compiled(), JOBLENS_DISK_FAULT: file }, set };
}

function compiled(): string {
  const library = join(CACHE, `disk-${statSync(SOURCE).mtimeMs}.so`);
  mkdirSync(CACHE, { recursive: true });
  execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, SOURCE, '-ldl']);
  return library;
}
