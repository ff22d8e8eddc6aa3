import cliProgress from 'cli-progress';

export interface Progress {
  /** How much of the total is done. */
  update(done: number): void;
  stop(): void;
}

/** Work that is done before this is over needs no words. */
const QUIET_MS = 1_000;

/** A bar on a terminal, else a line for every tenth; on stderr, so that stdout keeps to its own words. */
export function startProgress(label: string, total: number, stream: NodeJS.WriteStream = process.stderr): Progress {
  return stream.isTTY ? bar(label, total, stream) : percentLines(label, total, stream);
}

function bar(label: string, total: number, stream: NodeJS.WriteStream): Progress {
  const progress = new cliProgress.SingleBar(
    { format: `${label} {bar} {percentage} %`, hideCursor: true, stream, clearOnComplete: true },
    cliProgress.Presets.shades_classic
  );
  progress.start(total, 0);
  return { update: (done) => progress.update(Math.min(done, total)), stop: () => progress.stop() };
}

function percentLines(label: string, total: number, stream: NodeJS.WriteStream): Progress {
  const started = Date.now();
  let said = 0;
  return {
    update(done) {
      const tenth = Math.floor((Math.min(done, total) / Math.max(total, 1)) * 10);
      if (tenth > said && Date.now() - started > QUIET_MS) {
        said = tenth;
        stream.write(`${label}: ${tenth * 10} %\n`);
      }
    },
    stop() {},
  };
}
