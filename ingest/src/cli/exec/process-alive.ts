import { readFileSync } from 'node:fs';

/** A process told apart from a later one with the same number, where the system says when it started. */
export interface ProcessId {
  pid: number;
  started: string;
}

export function processId(pid: number = process.pid): ProcessId {
  return { pid, started: startOf(pid) };
}

export function isAlive({ pid, started }: ProcessId): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) {
      return false;
    }
  }
  return startOf(pid) === started;
}

/** Clock ticks from boot to the process's start (field 22 of proc_pid_stat(5)); '' where there is no /proc. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
