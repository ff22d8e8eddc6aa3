import type { LogLine, Program, RichLine, Telling } from '../types.js';
import { thousands, upTo } from './text.js';

/** Signs in to somebody else's service and brings its objects up to date. */
export function connectionRefresh(host: string, objects: readonly [string, ...string[]]): Program {
  return {
    begin: (run) => [`refreshing connection ${String(run.source['connection'] ?? host)} on ${run.host}`],
    step(run, { step }) {
      switch (step) {
        case 'sign-in':
          return [`token for ${host} valid for ${run.random.int(58, 118)} minutes`];
        case 'describe':
          return objects.map((object) => `describe ${object}: ${30 + object.length * 7} fields`);
        case 'refresh':
          return objects.flatMap((object) => refreshObject(run, host, object, objects.length));
        default:
          return [`${step}: ${thousands(run.volume)} objects up to date`];
      }
    },
    end: (run) => [`refreshed ${thousands(run.volume)} objects of ${host}`],
  };
}

function refreshObject(run: Telling, host: string, object: string, objects: number): LogLine[] {
  const changed = Math.round((run.volume / objects) * run.random.between(0.7, 1.3));
  const ms = Math.round(run.random.logNormal(310, 0.4));
  const left = run.random.int(400, 9_800);
  const quota: LogLine[] = left < 700 ? [['warn', `${host}: ${left} calls left today`]] : [];
  return [`POST https://${host}/query ${object} 200 in ${ms} ms`, `${object}: ${changed} changed`, ...quota];
}

/** A workflow between two applications: each line is a step with what went in and out. */
export function recipe(steps: ReadonlyArray<{ adapter: string; operation: string; secret?: boolean }>): Program {
  return {
    begin: (run) => [`recipe version ${run.commit}, triggered by event ${run.random.hex(12)}`],
    step: (run, { step }) => {
      const index = Number(step.split('-').at(-1)) - 1;
      const at = steps[index];
      return at ? [recipeLine(run, at, index)] : [`${step} done`];
    },
    end: (run) => [`finished, ${run.volume} fields written`],
  };
}

function recipeLine(
  run: Telling,
  { adapter, operation, secret }: { adapter: string; operation: string; secret?: boolean },
  index: number
): RichLine {
  const customer = 100_000 + ((run.dice * 7) % 90_000);
  return {
    level: 'info',
    message: `${adapter}.${operation}: 200 in ${run.random.int(80, 900)} ms`,
    operation: `${adapter}.${operation}`,
    input: secret ? '***' : { customer_id: customer, fields: ['name', 'email', 'segment'], line: index + 1 },
    output: secret
      ? '***'
      : { id: `${adapter.slice(0, 3).toUpperCase()}-${customer}`, updated: true, revision: index + 3 },
    masked: secret ?? false,
  };
}

/** Runs queries, draws pages, sends them. */
export function report(queries: readonly [string, ...string[]], recipients: number): Program {
  return {
    begin: (run) => [`report of ${new Date(run.at).toISOString().slice(0, 10)}, commit ${run.commit}`],
    step(run, { step }) {
      switch (step) {
        case 'query':
          return queries.flatMap((query) => [
            `query ${query} started`,
            `query ${query}: ${thousands(run.random.logNormal(1_800, 0.9))} rows in ${run.random.logNormal(1.8, 0.5).toFixed(1)} s`,
          ]);
        case 'render':
          return upTo(queries.length).map((page) => `rendered page ${page} of ${queries.length}`);
        default:
          return upTo(recipients).map((number) => `sent to recipient ${number} of ${recipients}: 250 2.0.0 Ok`);
      }
    },
    end: (run) => [`report sent, ${thousands(run.volume)} rows in all`],
  };
}

/** Looks at one thing after the other and notes what it finds. */
export function scan(things: (run: Telling, number: number) => string, count: number): Program {
  return {
    begin: (run) => [`scanner 0.58.1, database of ${new Date(run.at).toISOString().slice(0, 10)}`],
    step: (run, { step }) =>
      step === 'scan'
        ? upTo(count).map((number): LogLine => {
            const high = run.random.chance(0.06) ? run.random.int(1, 4) : 0;
            const text = `${things(run, number)}: ${high} high, ${run.random.int(0, 12)} medium, ${run.random.int(0, 40)} low`;
            return high > 0 ? ['warn', text] : text;
          })
        : [`${step}: ${count} checked`],
    end: (run) => [`${thousands(run.volume)} findings, report uploaded`],
  };
}

/** Starts other jobs and waits for each. */
export const workflow: Program = {
  begin: (run) => [`workflow of ${new Date(run.at).toISOString().slice(0, 10)}, definition ${run.commit}`],
  step: (_run, { step, title }) => [
    `${title}: started`,
    ...upTo(4).map((minute) => `${step}: still running after ${minute * 5} minutes`),
    `${title}: succeeded, exit status 0`,
  ],
  end: (run) => [`all ${run.volume} jobs succeeded`],
};
