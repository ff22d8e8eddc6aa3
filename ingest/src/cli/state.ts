import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where commands keep what outlives them: `--state`, JOBLENS_STATE, else the user's state directory. */
export function stateDir(purpose: 'exec' | 'imports', option?: string, env: NodeJS.ProcessEnv = process.env): string {
  const base =
    option ?? env['JOBLENS_STATE'] ?? join(env['XDG_STATE_HOME'] || join(homedir(), '.local/state'), 'joblens');
  return join(base, purpose);
}
