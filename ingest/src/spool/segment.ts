import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** What a segment holds: run events, JSON lines, lines that a receiver made, raw text, records, or jobs' configs. */
export const SEGMENT_KINDS = ['events', 'lines', 'prepared', 'raw', 'records', 'jobs'] as const;
export type SegmentKind = (typeof SEGMENT_KINDS)[number];

/** One request's part of a segment, as its sidecar says it. */
export interface SegmentEntry {
  /** Time of receipt, epoch milliseconds. */
  at: number;
  offset: number;
  bytes: number;
  /** CRC-32 of these bytes. */
  crc: number;
  /** The first of its rows, and how many. */
  row: number;
  rows: number;
  /** The first of those that became durable together. Older spools don't say. */
  first?: true;
  /** Raw text: whose it is. */
  raw?: RawTarget;
  /** A private key may stand in it, over several lines. */
  pem?: true;
  /** The request's Idempotency-Key, what it was answered, and a hash of what it asked. Older spools hold no hash. */
  key?: string;
  answer?: string;
  digest?: string;
}

/** Whose raw text a body is, and where it stands. */
export interface RawTarget {
  job: string;
  run: string;
  attempt: number;
  stream: string;
  /** Bytes of the stream sent before this body; −1 where the sender did not say. */
  position: number;
  /** The body did not end with a newline; the one that stands in the segment was put there. */
  open: boolean;
}

/** A closed segment: bytes of one tenant and kind, line by line, and the sidecar's word on whose they are. */
export interface Segment {
  id: string;
  tenant: string;
  kind: SegmentKind;
  path: string;
  openedAt: number;
  /** The arrival number of its first row: microseconds, never the same twice in one service. */
  arrival: number;
  bytes: number;
  rows: number;
  entries: SegmentEntry[];
  /** Rows that were damaged on disk, as [from, to): empty lines stand there. */
  damaged: Array<[number, number]>;
}

/** The first line of a sidecar. */
export interface SidecarHeader {
  id: string;
  tenant: string;
  kind: SegmentKind;
  openedAt: number;
}

export const sidecarOf = (segmentPath: string) => segmentPath.replace(/\.seg$/, '.meta');
export const segmentPath = (dir: string, id: string, kind: SegmentKind) => join(dir, `${id}.${kind}.seg`);
/** Where segments go that can't be stored; they stay until somebody looks. */
export const asidePath = (path: string) => join(dirname(path), 'aside', basename(path));

/** Reads a sidecar; a last line that was torn by a crash was never answered, and is left out. */
export async function readSidecar(
  path: string
): Promise<{ header: SidecarHeader; entries: SegmentEntry[] } | undefined> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  lines.pop();
  const parsed: unknown[] = [];
  for (const line of lines) {
    try {
      parsed.push(JSON.parse(line));
    } catch {
      break;
    }
  }
  const [header, ...entries] = parsed;
  return header === undefined ? undefined : { header: header as SidecarHeader, entries: entries as SegmentEntry[] };
}
