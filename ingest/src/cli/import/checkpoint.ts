import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stateDir } from '../state.js';

/** How far an import has come, kept on disk while it runs: one that broke off goes on from there. */
export class Checkpoint {
  readonly #file: string;

  private constructor(
    file: string,
    readonly after: string | undefined
  ) {
    this.#file = file;
  }

  /** @param names what makes it this import and no other: the files, the service */
  static async open(...names: string[]): Promise<Checkpoint> {
    const id = createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 24);
    const file = join(stateDir('imports'), id);
    const after = await readFile(file, 'utf8').catch(() => '');
    return new Checkpoint(file, after === '' ? undefined : after);
  }

  /** Everything up to this file is taken. */
  async reach(file: string): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true, mode: 0o700 });
    await writeFile(`${this.#file}.new`, file, { mode: 0o600 });
    await rename(`${this.#file}.new`, this.#file);
  }

  /** It is over: the next import looks at everything again. */
  async done(): Promise<void> {
    await rm(this.#file, { force: true });
  }
}
