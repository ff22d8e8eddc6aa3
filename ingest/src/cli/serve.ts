import { readEnv } from '../env.js';
import { type RunningService, serve } from '../serve.js';
import { loadDemo } from '../demo/load.js';
import { CliError, messageOf } from './errors.js';

export interface ServeOptions {
  host?: string;
  port?: string;
  data?: string;
  demo: boolean;
}

/** `joblens serve`: runs the service until it is told to stop. */
export async function runServe(options: ServeOptions): Promise<void> {
  const given = { JOBLENS_HOST: options.host, JOBLENS_PORT: options.port, JOBLENS_DATA: options.data };
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const service = await start({ ...process.env, ...said });
  process.stdout.write(`listening on ${service.url}\n`);

  const stopping = new AbortController();
  const stop = once(async () => {
    stopping.abort();
    await service.stop();
    process.exit(0);
  });
  (['SIGTERM', 'SIGINT'] as const).forEach((signal) => process.on(signal, stop));

  if (options.demo && (await service.isEmpty())) {
    await tryDemo(service.url, stopping.signal);
  }
}

async function start(source: NodeJS.ProcessEnv): Promise<RunningService> {
  try {
    const env = readEnv(source);
    return await serve({
      host: env.JOBLENS_HOST,
      port: env.JOBLENS_PORT,
      data: env.JOBLENS_DATA,
      clickhouseUrl: env.CLICKHOUSE_URL,
    });
  } catch (error) {
    throw new CliError(messageOf(error));
  }
}

/** A service without its demo is still a service. */
async function tryDemo(url: string, signal: AbortSignal): Promise<void> {
  try {
    const started = Date.now();
    const sent = await loadDemo({ url, token: process.env['JOBLENS_TOKEN'], now: started, signal });
    const [runs = 0, lines = 0] = ['/v1/runs', '/v1/lines'].map((path) => sent.get(path));
    const seconds = Math.round((Date.now() - started) / 1000);
    process.stderr.write(
      `demo history loaded: ${runs.toLocaleString('en')} runs, ${lines.toLocaleString('en')} lines in ${seconds} s\n`
    );
  } catch (error) {
    if (!signal.aborted) {
      process.stderr.write(`joblens: the demo history was not loaded: ${messageOf(error)}\n`);
    }
  }
}

function once(work: () => Promise<void>): () => void {
  let begun = false;
  return () => {
    if (!begun) {
      begun = true;
      void work();
    }
  };
}
