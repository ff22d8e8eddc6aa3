import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadDemo } from './load.js';

/**
 * The demo history of one store. When it was begun is noted until all of it is there: a service that is stopped
 * meanwhile sends the very same history again when it starts, and what is there already is not stored twice.
 */
export class DemoHistory {
  private readonly note: string;
  private readonly told: string;

  constructor(dataDir: string) {
    this.note = join(dataDir, 'demo-unfinished');
    this.told = join(dataDir, 'demo-begun');
  }

  /** When the history was told that this store holds; undefined where it holds none. */
  get begun(): number | undefined {
    return existsSync(this.told) ? Number(readFileSync(this.told, 'utf8')) : undefined;
  }

  get isUnfinished(): boolean {
    return existsSync(this.note);
  }

  /** @returns what was loaded, in words */
  async load(url: string, token: string | undefined, signal: AbortSignal): Promise<string> {
    const begun = Date.now();
    const now = this.isUnfinished ? Number(readFileSync(this.note, 'utf8')) : begun;
    writeFileSync(this.note, String(now), { mode: 0o600 });
    const sent = await loadDemo({ url, token, now, signal });
    writeFileSync(this.told, String(now), { mode: 0o600 });
    rmSync(this.note, { force: true });
    const [runs, lines] = ['/v1/runs', '/v1/lines'].map((path) => (sent.get(path) ?? 0).toLocaleString('en'));
    return `demo history loaded: ${runs} runs, ${lines} lines in ${Math.round((Date.now() - begun) / 1000)} s`;
  }
}
