import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { backUp, type Holder } from './backup/backup.js';
import { Progress } from './backup/progress.js';
import { restore } from './backup/restore.js';
import { dropCopies } from './backup/tables.js';
import { Coded, problems } from './errors.js';

/** Where the service listens for who runs it: only its own user reaches the data folder, and with it every tenant. */
export const controlSocket = (data: string) => join(data, 'control.sock');

/**
 * Listens on `data`/control.sock for `joblens backup` and `joblens restore`. These touch all tenants, which no token
 * may: whoever may read the data folder may, as they could with its files.
 */
export async function startControl(
  data: string,
  holder: Holder,
  ready: Promise<unknown>,
  log: Logger
): Promise<{ stop(): void }> {
  const progress = new Progress();
  // What an earlier process left is dropped once there is a schema, before a new copy may have its name.
  const cleaned = ready.then(() => dropCopies(holder.db, holder.service)).catch(() => undefined);
  let busy = false;
  const alone = async (work: () => Promise<void>) => {
    if (busy) {
      throw problems.conflict('A backup or restore is running already.');
    }
    busy = true;
    try {
      await cleaned;
      await work();
    } finally {
      busy = false;
    }
  };

  const server = createServer({ requestTimeout: 0 }, (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://control');
    const calls: Record<string, () => Promise<void>> = {
      'GET /progress': async () => answer(response, 200, { done: progress.done, total: progress.total }),
      'POST /backup': () =>
        alone(async () => {
          await backUp(holder, () => response.writeHead(200, { 'content-type': 'application/gzip' }), progress);
          log.info({ rows: progress.total }, 'a backup was made');
        }),
      'POST /restore': () =>
        alone(async () => {
          const restored = await restore(holder, request, { replace: searchParams.has('replace') }, progress);
          log.info(restored, 'a backup was restored');
          answer(response, 200, restored);
        }),
    };
    const call = calls[`${request.method} ${pathname}`];
    (call ? call() : Promise.reject(problems.notFound(pathname))).catch((error: unknown) =>
      refuse(request, response, error, log)
    );
  });

  const path = controlSocket(data);
  rmSync(path, { force: true });
  await new Promise<void>((resolve) => {
    // A path of more than about 100 bytes can't be a socket's.
    server.once('error', (error) => {
      log.warn({ error: error.message, path }, 'backup and restore can’t be called here');
      resolve();
    });
    server.listen(path, () => {
      chmodSync(path, 0o600);
      resolve();
    });
  });
  return {
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function answer(response: ServerResponse, status: number, body: object, type = 'application/json'): void {
  response.writeHead(status, { 'content-type': type, connection: 'close' }).end(JSON.stringify(body));
}

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown, log: Logger): void {
  if (!(error instanceof Coded)) {
    log.error(error, 'backup or restore');
  }
  if (response.headersSent) {
    // Half a backup must not look like a whole one.
    response.destroy();
    return;
  }
  request.resume();
  const coded = error instanceof Coded ? error : problems.internal(error);
  answer(response, coded.status, coded.toProblem(), 'application/problem+json');
}
