import type { Ending } from './child.js';

/** How long the finish event waits for output that is still in the pipe when the command has already ended. */
const OUTPUT_GRACE_MS = 1_000;

/**
 * Between the command's end and ours. The run is closed once its output has ended, so that its last words are known,
 * or a moment after the command when a process that it left behind keeps the output open.
 */
export class Closing {
  /** Aborted by a signal after the command's end: the caller does not want to wait for the service. */
  readonly hurry = new AbortController();
  private ended: { ending: Ending; at: number } | undefined;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly close: (ending: Ending, at: number) => void) {}

  commandEnded(ending: Ending): void {
    this.ended = { ending, at: Date.now() };
    this.timer = setTimeout(() => this.closeOnce(), OUTPUT_GRACE_MS);
    (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).forEach((signal) => process.on(signal, () => this.hurry.abort()));
  }

  outputEnded(): Ending {
    clearTimeout(this.timer);
    this.closeOnce();
    return this.ended?.ending ?? { kind: 'exit', status: 1 };
  }

  private closeOnce(): void {
    if (this.ended && !this.closed) {
      this.closed = true;
      this.close(this.ended.ending, this.ended.at);
    }
  }
}
