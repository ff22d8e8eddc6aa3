import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NICE, writeConfig } from './config.js';
import { createEngineServer, type EngineOptions } from './server.js';

/** The embedded engine's process: started, watched and ended by the supervisor, which holds its standard input. */
async function main(): Promise<void> {
  const [path = '', port = '0', password = ''] = [
    process.env['JOBLENS_ENGINE_PATH'],
    process.env['JOBLENS_ENGINE_PORT'],
    process.env['JOBLENS_ENGINE_PASSWORD'],
  ];
  const tmp = join(path, '..', 'engine-tmp');
  rmSync(tmp, { recursive: true, force: true });
  mkdirSync(tmp, { recursive: true, mode: 0o700 });
  const server = await open({ path, tmp, user: 'default', password, args: [writeConfig(tmp)] });
  beNice();
  server.listen(Number(port), '127.0.0.1', () => {
    process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`);
  });
  // Closing chdb's connections can block for ever while a statement runs, and with it the data folder. Ended at once,
  // it loses nothing that it acknowledged.
  const end = () => process.kill(process.pid, 'SIGKILL');
  process.stdin.on('end', end).resume();
  process.on('SIGTERM', end);
  // The supervisor decides when the engine ends; Ctrl+C reaches the whole group.
  process.on('SIGINT', () => undefined);
}

/** What holds for all threads, and for those they make, where this process may not say it of each kind of work. */
function beNice(): void {
  const threads = existsSync('/proc/self/task') ? readdirSync('/proc/self/task').map(Number) : [process.pid];
  threads.forEach((thread) => setPriority(thread, NICE.storing));
}

/** A predecessor that was just ended may hold the data folder for a moment more. */
async function open(options: EngineOptions): Promise<ReturnType<typeof createEngineServer>> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      return createEngineServer(options);
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
      await sleep(100);
    }
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
