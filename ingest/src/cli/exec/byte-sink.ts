import { write } from 'node:fs';
import { codeOf } from '../errors.js';

const FULL_RETRY_MS = 5;

/**
 * Writes bytes to one of our own descriptors, in order, without ever blocking the event loop: `process.stdout` does so
 * on pipes, and a reader that stalls would keep us from passing a signal on.
 */
export class ByteSink {
  private tail: Promise<boolean> = Promise.resolve(true);

  constructor(private readonly fd: number) {}

  /** @returns whether anybody still reads: false once the other end is closed */
  write(bytes: Buffer): Promise<boolean> {
    this.tail = this.tail.then((open) => (open ? this.writeAll(bytes) : false));
    return this.tail;
  }

  private async writeAll(bytes: Buffer): Promise<boolean> {
    for (let from = 0; from < bytes.length;) {
      const written = await this.writeSome(bytes.subarray(from));
      if (written === undefined) {
        return false;
      }
      from += written;
    }
    return true;
  }

  /** @returns how many bytes went out, undefined if the other end is closed */
  private writeSome(bytes: Buffer): Promise<number | undefined> {
    return new Promise((resolve) => {
      write(this.fd, bytes, 0, bytes.length, null, (error, written) => {
        if (!error) {
          resolve(written);
        } else if (codeOf(error) === 'EAGAIN') {
          setTimeout(() => resolve(0), FULL_RETRY_MS);
        } else {
          resolve(undefined);
        }
      });
    });
  }
}
