import type { JsonObject, Status } from '../model/common.js';
import { toIso } from '../model/merge.js';
import { PLAIN_STATUS } from '../model/words.js';
import { HARPERDB_STATUS, textOf } from '../receivers/harperdb.js';
import type { WholeRun } from '../reads/whole.js';

/** A run as a row of HarperDB's job log: exactly the documented fields. */
export function toHarperdbRow(run: WholeRun) {
  const written = Object(run.original['harperdb']) as JsonObject;
  const own = isOwn(run);
  /** A time with the fraction that it was written with, while it is still that time. */
  const exact = (name: string, ms: number | null) => {
    const time = written[name];
    return own && typeof time === 'number' && Math.trunc(time) === ms ? time : ms;
  };
  const start = own ? run.started_at : run.at;
  return {
    id: run.run,
    user: run.user || null,
    type: run.type || (own ? null : run.job),
    status: wordFor(run),
    start_datetime: exact('start_datetime', start),
    end_datetime: exact('end_datetime', run.finished_at),
    job_body: bodyOf(run),
    message: messageOf(run),
    created_datetime: own ? exact('created_datetime', run.queued_at) : (run.queued_at ?? run.at),
    __createdtime__: written['__createdtime__'] ?? run.received_at,
    __updatedtime__: written['__updatedtime__'] ?? Math.max(run.finished_at ?? run.at, run.received_at),
    start_datetime_converted: toIso(start),
    end_datetime_converted: toIso(run.finished_at),
  };
}

/** What is null in a row that HarperDB sent stays so; of any other run it is what comes nearest. */
const isOwn = ({ source }: WholeRun) => source['system'] === 'harperdb';

const WORDS = { pending: 'IN_PROGRESS', success: 'COMPLETE', failed: 'ERROR' } as const;

/** The word that HarperDB sent, while it still means the same; else one of its three documented words. */
function wordFor(run: WholeRun): string {
  const { status, status_text: word } = run;
  const meant: Status = HARPERDB_STATUS.get(word.toUpperCase()) ?? 'unknown';
  return isOwn(run) && word !== '' && meant === status ? word : WORDS[PLAIN_STATUS[status]];
}

function bodyOf({ data }: WholeRun): unknown {
  return 'job_body' in data ? data['job_body'] : Object.keys(data).length > 0 ? data : null;
}

function messageOf(run: WholeRun): unknown {
  const { message, error, counts, metadata } = run;
  if (isOwn(run)) {
    const said = metadata['message'];
    return said !== undefined && textOf(said) === message ? said : message || null;
  }
  return message || error?.message || countsText(counts['data']) || null;
}

function countsText(counts: unknown): string {
  const { success, failure } = Object(counts) as Record<string, unknown>;
  const [good, bad] = [Number(success ?? 0), Number(failure ?? 0)];
  return success === undefined && failure === undefined ? '' : `successfully handled ${good} of ${good + bad} records`;
}
