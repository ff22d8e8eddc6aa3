import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The two ends of a pipe: `write` goes to the command, `read` stays here. */
export interface OutputPipe {
  write: number;
  read: Socket;
}

/**
 * Real pipes for a command's output. Node's own "pipe" is a socket, which a command can't open by name: with it
 * `echo … > /dev/stderr` fails. Undefined where the system has no `mkfifo`.
 */
export function openPipes(count: number): OutputPipe[] | undefined {
  const dir = mkdtempSync(join(tmpdir(), 'joblens-exec-'));
  try {
    const paths = Array.from({ length: count }, (_, index) => join(dir, String(index)));
    execFileSync('mkfifo', ['-m', '600', ...paths], { stdio: 'ignore' });
    return paths.map(openPipe);
  } catch {
    return undefined;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function openPipe(path: string): OutputPipe {
  const read = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return {
      write: openSync(path, constants.O_WRONLY),
      read: new Socket({ fd: read, readable: true, writable: false }),
    };
  } catch (error) {
    closeSync(read);
    throw error;
  }
}
