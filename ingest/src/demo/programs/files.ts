import type { LogLine, Program, Telling } from '../types.js';
import { gib, percent, thousands, upTo } from './text.js';

/** A physical backup, file by file, as pgBackRest prints it. */
export function databaseBackup(stanza: string, files: number): Program {
  return {
    bare: true,
    begin: (run) => [
      `P00   INFO: backup command begin 2.54.2: --compress-type=zst --process-max=4 --repo1-type=s3 --stanza=${stanza}`,
      `P00   INFO: execute non-exclusive backup start: backup begins after the next regular checkpoint completes`,
      `P00   INFO: backup start archive = 0000000100000${run.random.hex(11).toUpperCase()}, lsn = 5D/${run.random.hex(7).toUpperCase()}`,
    ],
    step(run, { step }) {
      switch (step) {
        case 'copy':
          return upTo(files).map((file) => backupFile(run, stanza, file, files));
        case 'upload':
          return ['P00   INFO: new backup label = ' + label(run), 'P00   INFO: full backup size = 212.4GB'];
        case 'verify':
          return [`P00   INFO: check repo1 archive for WAL segment: found on ${run.host}`];
        default:
          return ['P00   INFO: repo1: expire full backup set older than 14 days'];
      }
    },
    end: (run) => [`P00   INFO: backup command end: completed successfully (${thousands(run.volume)} MB)`],
  };
}

function backupFile(run: Telling, stanza: string, file: number, files: number): LogLine {
  const size = run.random.chance(0.7) ? '1GB' : `${run.random.int(4, 980)}MB`;
  const path = `/var/lib/postgresql/16/${stanza}/base/16384/${24_576 + file * 13}`;
  return `P0${1 + (file % 4)} DETAIL: backup file ${run.host}:${path} (${size}, ${percent(file, files)}) checksum ${run.random.hex(40)}`;
}

function label(run: Telling): string {
  return `${new Date(run.at).toISOString().slice(0, 10).replaceAll('-', '')}-${run.random.int(100_000, 235_959)}F`;
}

/** Copies objects between buckets and says how far it is, as rclone does. */
export function mirror(reports: number): Program {
  return {
    begin: (run) => [`mirroring ${String(run.source['from'] ?? 'bucket')} to ${String(run.source['to'] ?? 'bucket')}`],
    step(run, { step }) {
      if (step !== 'transfer') {
        return [`${step}: ${thousands(run.volume)} objects`];
      }
      const total = run.volume / 900;
      return upTo(reports).map((report): LogLine => {
        const rate = run.random.logNormal(84, 0.2);
        const text = `Transferred: ${gib((total * report) / reports)} / ${gib(total)}, ${percent(report, reports)}, ${rate.toFixed(1)} MiB/s`;
        return rate < 52 ? ['warn', `${text} (slow)`] : text;
      });
    },
    end: (run) => [`Checks: ${thousands(run.volume)} / ${thousands(run.volume)}, 100 %, errors: 0`],
  };
}

/** Loads files as they arrive in a bucket. */
export function ingestFiles(prefix: string, files: number): Program {
  const path = (run: Telling) => new Date(run.at).toISOString().slice(0, 13).replace(/[-T]/g, '/');
  return {
    begin: (run) => [`listing s3://${prefix}/${path(run)}/ on ${run.host}`],
    step(run, { step }) {
      if (step !== 'load') {
        return [`${step}: ${thousands(run.volume)} rows in ${files} files`];
      }
      const folder = path(run);
      return upTo(files).map((file): LogLine => {
        const rows = Math.round((run.volume / files) * run.random.between(0.8, 1.2));
        const bad = run.random.chance(0.04) ? run.random.int(1, 40) : 0;
        const text = `s3://${prefix}/${folder}/${String(file).padStart(4, '0')}.gz: ${thousands(rows)} rows`;
        return bad > 0 ? ['warn', `${text}, ${bad} malformed and left out`] : text;
      });
    },
    end: (run) => [`committed ${thousands(run.volume)} rows`],
  };
}

/** Small units of work, each with a line of its own. */
export function worker(verb: string, unit: (run: Telling, number: number) => string, most: number): Program {
  return {
    begin: (run) => [`worker ${run.host} took ${run.run}`],
    step: (run, { step }) =>
      step === 'work'
        ? upTo(Math.min(run.volume, most)).map((number) => `${verb} ${unit(run, number)}`)
        : [`${step} finished in ${run.random.int(12, 240)} ms`],
    end: (run) => [`acknowledged ${run.run}`],
  };
}
