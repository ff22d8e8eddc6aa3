import { decodeId, encodeId, ID_NUMBER, shortForm } from './id-form.js';

/** S3's limit, in bytes; all that stands in a key is ASCII. */
const LONGEST_KEY = 1024;

/** What the name of a job history file says. */
export interface FileName {
  user: string;
  job: string;
  run: string;
  /** When the run began, epoch milliseconds. */
  at: number;
  outcome: 'succeeded' | 'failed';
}

/**
 * The path and name of a job history file, as documented:
 * `user/jobs/recipe/YYYYMMDD/<run>/user-recipe-run-YYYYMMDDHHMMSS-status.json`, where `<run>` is 21 digits in threes.
 * A run whose id is no number has one folder instead.
 * @param prefix begins every key; empty, or it ends with `/`
 */
export function objectKey(name: FileName, prefix = ''): string {
  const ids = { run: encodeId(name.run), job: encodeId(name.job), user: encodeId(name.user) };
  // The longest gives way first, until the key is short enough.
  const byLength = (Object.keys(ids) as Array<keyof typeof ids>).sort((a, b) => ids[b].length - ids[a].length);
  for (const id of byLength) {
    if (prefix.length + pathOf(ids, name).length <= LONGEST_KEY) {
      break;
    }
    ids[id] = shortForm(name[id]);
  }
  return prefix + pathOf(ids, name);
}

function pathOf({ user, job, run }: Record<'user' | 'job' | 'run', string>, { at, outcome }: FileName): string {
  const time = new Date(at).toISOString().replaceAll(/[-:T]|\..*$/g, '');
  return `${user}/jobs/${job}/${time.slice(0, 8)}/${folderOf(run)}/${user}-${job}-${run}-${time}-${outcome}.json`;
}

function folderOf(run: string): string {
  return ID_NUMBER.test(run) ? (run.padStart(21, '0').match(/.{3}/g) ?? []).join('/') : run;
}

const NAME = /^([^-]+)-([^-]+)-([^-]+)-(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)-(succeeded|failed)\.json$/;

/** What a key, or the name of a file, says; undefined where it is no job history file's, or ids were too long for it. */
export function readObjectKey(key: string): FileName | undefined {
  const match = NAME.exec(key.slice(key.lastIndexOf('/') + 1));
  const [user, job, run] = [match?.[1], match?.[2], match?.[3]].map((form) => decodeId(form ?? ''));
  if (!match || user === undefined || job === undefined || run === undefined) {
    return undefined;
  }
  const [year = 0, month = 0, ...rest] = match.slice(4, 10).map(Number);
  const outcome = match[10] === 'failed' ? 'failed' : 'succeeded';
  return { user, job, run, at: Date.UTC(year, month - 1, ...rest), outcome };
}
