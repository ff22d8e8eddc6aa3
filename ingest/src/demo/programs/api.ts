import type { LogLine, Program, Telling } from '../types.js';
import { thousands, upTo } from './text.js';

export interface ApiExport {
  version: string;
  host: string;
  noun: string;
  pageSize: number;
  target: string;
}

/** Reads pages from an API, maps them, writes files, tells others. */
export function apiExport({ version, host, noun, pageSize, target }: ApiExport): Program {
  const pages = (run: Telling) => Math.ceil(run.volume / pageSize);
  return {
    begin: (run) => [
      `${run.job.split('/').at(-1)} ${version} (commit ${run.commit}) on ${run.host}`,
      `run ${run.run}, page size ${pageSize}, target ${target}`,
      `connecting to ${host}:443`,
    ],
    step(run, { step }) {
      switch (step) {
        case 'extract':
          return upTo(pages(run)).flatMap((page): LogLine[] => readPage(run, page, pages(run), noun, pageSize));
        case 'transform':
          return [`mapped ${thousands(run.volume)} ${noun} to schema v7`, ...oddItems(run, noun)];
        case 'load':
          return upTo(Math.ceil(pages(run) / 4)).map(
            (part) =>
              `wrote part-${String(part).padStart(5, '0')}.parquet (${(2 + run.random.next() * 3).toFixed(1)} MB)`
          );
        default:
          return [`published ${noun}.exported to the event bus`];
      }
    },
    end: (run) => [`done: ${thousands(run.volume - run.failures)} ${noun} exported, ${run.failures} left out`],
  };
}

function readPage(run: Telling, page: number, pages: number, noun: string, pageSize: number): LogLine[] {
  const size = page === pages ? run.volume - (pages - 1) * pageSize : pageSize;
  const fetched = `fetched page ${page} of ${pages} (${size} ${noun})`;
  return run.random.chance(0.015)
    ? [['warn', `page ${page}: ${host5xx(run)}, retry 1 of 3`], fetched]
    : run.random.chance(0.08)
      ? [['debug', `page ${page}: cursor ${run.random.hex(16)}`], fetched]
      : [fetched];
}

function host5xx(run: Telling): string {
  return run.random.pick(['503 Service Unavailable', '502 Bad Gateway', 'connection reset by peer']);
}

function oddItems(run: Telling, noun: string): LogLine[] {
  return upTo(Math.min(run.failures, 8)).map(() => [
    'warn',
    `${noun.replace(/s$/, '')} ${run.random.int(100_000, 999_999)} left out: field "currency" is empty`,
  ]);
}

export interface Poll {
  hosts: readonly [string, ...string[]];
  path: (run: Telling) => string;
  noun: string;
  calls: number;
}

/** Asks a few services for news; short, often, and mostly the same. */
export function poll({ hosts, path, noun, calls }: Poll): Program {
  return {
    begin: (run) => [`starting on ${run.host}, ${hosts.length} endpoints`],
    step(run, { step }) {
      if (step !== 'fetch') {
        return [`stored ${thousands(run.volume)} ${noun}, ${thousands(run.volume * 0.1)} changed`];
      }
      return upTo(calls).map((call): LogLine => {
        const ms = Math.round(run.random.logNormal(180, 0.6));
        const text = `GET https://${hosts[call % hosts.length]}${path(run)} 200 in ${ms} ms`;
        return ms > 900 ? ['warn', `${text} (slow)`] : text;
      });
    },
    end: (run) => [`done, next run picks up at cursor ${run.random.hex(8)}`],
  };
}
