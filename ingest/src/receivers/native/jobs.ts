import { problems } from '../../errors.js';
import type { Body, Inflight } from '../../http/body.js';
import type { AppContext, Services } from '../../http/context.js';
import { textOf } from '../../http/utf8.js';
import { nameSchema } from '../../model/common.js';
import { jobConfigSchema } from '../../model/job.js';
import { parseJson, stringifyJson } from '../../model/json.js';
import { lostFields } from '../../model/lost-fields.js';
import { assertNotTooDeep } from '../depth.js';
import { toRejected } from '../items.js';
import { write, type Writing } from '../write.js';

/** A config is read with every list of jobs. */
const MAX_CONFIG = 1024 * 1024;

/** `PUT /v1/jobs/{job}`: a job's config, whole; it replaces the one before. */
export function receiveJob(services: Services, inflight: Inflight, jobOf: (c: AppContext) => string) {
  return (c: AppContext) => write(c, services, inflight, (body) => toWriting(jobOf(c), body), MAX_CONFIG);
}

function toWriting(name: string, body: Body): Writing {
  const job = nameSchema.safeParse(name);
  if (!job.success) {
    throw problems.badRequest(`job: ${job.error.issues[0]?.message ?? 'not a name'}.`);
  }
  const config = jobConfigSchema.safeParse(parse(body));
  if (!config.success) {
    const errors = toRejected(config.error);
    const { path = '', message = '' } = errors[0] ?? {};
    throw problems.badRequest(`${path && `${path}: `}${message}. Nothing was stored.`, errors);
  }
  const { type, owner, created_at: since } = config.data;
  // A column holds no half of a surrogate pair: one would keep the config from being stored.
  const row = {
    job: job.data,
    type: (type ?? '').toWellFormed(),
    owner: (owner ?? '').toWellFormed(),
    config: stringifyJson(config.data),
    // 0: since it came, or since the same schedule came before it.
    since: since ?? 0,
    at: Date.now(),
  };
  const bytes = Buffer.from(`${JSON.stringify(row)}\n`);
  return {
    parts: [{ kind: 'jobs', chunks: [bytes], bytes: bytes.length, rows: 1 }],
    answer: { accepted: 1 },
    jobs: [job.data],
  };
}

function parse(body: Body): unknown {
  const text = textOf(body).trim();
  if (text === '') {
    return {};
  }
  assertNotTooDeep(text);
  const config = parseObject(text);
  const [lost] = lostFields(text).values();
  if (lost !== undefined) {
    throw problems.badRequest(`The config can't be kept as it is: ${lost}. Nothing was stored.`);
  }
  return config;
}

function parseObject(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw problems.notJson(
      `Expected the job's config as a JSON object: ${error instanceof Error ? error.message : ''}.`
    );
  }
}
