import { type CutLine, LineSplitter } from '../lines.js';
import { STREAMS, type StreamName } from './child.js';

const BATCH_BYTES = 1024 * 1024;
const BATCH_MS = 200;
const LONGEST_MESSAGE = 1000;

export interface LineBatcherOptions {
  job: string;
  run: string;
  /** Takes NDJSON of lines; the bytes are used again afterwards. */
  flush(body: Buffer, lines: number): void;
  now?: () => number;
}

/** Turns a command's output into numbered lines, handed over by the megabyte or every fifth of a second. */
export class LineBatcher {
  private readonly splitters: Record<StreamName, LineSplitter> = {
    stdout: new LineSplitter(),
    stderr: new LineSplitter(),
  };
  private readonly last: Record<StreamName, string> = { stdout: '', stderr: '' };
  private readonly head: string;
  private readonly now: () => number;
  private seq = 0;
  /** One buffer for all batches: a string for each line would keep the garbage collector busier than the command. */
  private readonly batch = Buffer.allocUnsafe(BATCH_BYTES);
  private bytes = 0;
  private lines = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: LineBatcherOptions) {
    this.head = `{"job":${JSON.stringify(options.job)},"run":${JSON.stringify(options.run)}`;
    this.now = options.now ?? Date.now;
  }

  push(stream: StreamName, chunk: Buffer): void {
    const time = this.now();
    for (const line of this.splitters[stream].push(chunk)) {
      this.add(stream, line, time);
    }
  }

  /** Takes the unfinished last lines too. */
  end(): void {
    for (const stream of STREAMS) {
      for (const line of this.splitters[stream].end()) {
        this.add(stream, line, this.now());
      }
    }
    this.flush();
  }

  /** The last line with something in it that went to stderr, else to stdout: mostly what went wrong. */
  lastWords(): string | undefined {
    return plain(this.last.stderr) || plain(this.last.stdout) || undefined;
  }

  private add(stream: StreamName, { bytes, continued }: CutLine, time: number): void {
    const message = bytes.toString('utf8');
    const fields = continued ? ',"fields":{"continued":true}' : '';
    const text = JSON.stringify(message);
    this.append(`${this.head},"time":${time},"seq":${this.seq++},"stream":"${stream}","message":${text}${fields}}\n`);
    this.remember(stream, message);
  }

  private append(line: string): void {
    // UTF-8 takes at most three bytes for each unit of a JavaScript string.
    if (line.length * 3 > BATCH_BYTES - this.bytes) {
      this.flush();
    }
    if (line.length * 3 > BATCH_BYTES) {
      this.options.flush(Buffer.from(line), 1);
      return;
    }
    this.bytes += this.batch.write(line, this.bytes);
    this.lines++;
    this.timer ??= setTimeout(() => this.flush(), BATCH_MS);
  }

  private remember(stream: StreamName, message: string): void {
    if (message !== '') {
      this.last[stream] = message;
    }
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.lines > 0) {
      this.options.flush(this.batch.subarray(0, this.bytes), this.lines);
      this.bytes = 0;
      this.lines = 0;
    }
  }
}

const ESCAPES = /\u001b(\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(\u0007|\u001b\\))/g;

/** A line as a person reads it: without colours, and what stood there last where `\r` wrote over it. */
function plain(line: string): string {
  return line.replace(ESCAPES, '').trim().split('\r').at(-1)?.trim().slice(0, LONGEST_MESSAGE) ?? '';
}
