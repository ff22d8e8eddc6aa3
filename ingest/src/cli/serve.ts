import { DemoHistory } from '../demo/keep.js';
import { liveOn } from '../demo/life.js';
import { type Env, readEnv } from '../env.js';
import { serve } from '../serve.js';
import type { RunningService } from '../service.js';
import { CliError, messageOf } from './errors.js';

export interface ServeOptions {
  host?: string;
  port?: string;
  data?: string;
  demo: boolean;
}

/** `joblens serve`: runs the service until it is told to stop. */
export async function runServe(options: ServeOptions): Promise<void> {
  const env = readSettings(options);
  const starting = start(env);
  const stopping = stopOnSignal(starting);
  const service = await starting;
  process.stdout.write(`listening on ${service.url}\n`);
  if (options.demo) {
    await loadDemo(service, env, stopping);
  }
}

/** The environment, where the command line says nothing else. */
function readSettings({ host, port, data }: ServeOptions): Env {
  const given = { JOBLENS_HOST: host, JOBLENS_PORT: port, JOBLENS_DATA: data };
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return withWords(() => readEnv({ ...process.env, ...said }));
}

async function start(env: Env): Promise<RunningService> {
  const { JOBLENS_HOST: host, JOBLENS_PORT: port, JOBLENS_DATA: data, CLICKHOUSE_URL: clickhouseUrl } = env;
  try {
    return await serve({ host, port, data, clickhouseUrl });
  } catch (error) {
    // What has begun already, such as the engine, would keep the process from ending.
    process.stderr.write(`joblens: ${messageOf(error)}\n`);
    process.exit(1);
  }
}

/** Drains and exits 0 on SIGTERM or SIGINT, also on one that comes while the service starts. */
function stopOnSignal(starting: Promise<RunningService>): AbortSignal {
  const stopping = new AbortController();
  const stop = async () => {
    if (stopping.signal.aborted) {
      return;
    }
    stopping.abort();
    try {
      await (await starting).stop();
      process.exit(0);
    } catch (error) {
      process.stderr.write(`joblens: ${messageOf(error)}\n`);
      process.exit(1);
    }
  };
  (['SIGTERM', 'SIGINT'] as const).forEach((signal) => process.on(signal, () => void stop()));
  return stopping.signal;
}

/** A service without its demo is still a service. */
async function loadDemo(service: RunningService, env: Env, stopping: AbortSignal): Promise<void> {
  const demo = new DemoHistory(env.JOBLENS_DATA);
  try {
    if (demo.isUnfinished || (await service.isEmpty())) {
      const words = await demo.load(service.url, process.env['JOBLENS_TOKEN'], stopping);
      process.stderr.write(`${words}\n`);
    }
    if (demo.begun !== undefined) {
      await liveOn({ url: service.url, token: process.env['JOBLENS_TOKEN'], begun: demo.begun, signal: stopping });
    }
  } catch (error) {
    if (!stopping.aborted) {
      process.stderr.write(`joblens: the demo does not go on: ${messageOf(error)}\n`);
    }
  }
}

function withWords<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new CliError(messageOf(error));
  }
}
