/** An error that a person can mend: `joblens` prints its message alone, without a stack. */
export class CliError extends Error {
  constructor(
    message: string,
    readonly exitStatus = 1
  ) {
    super(message);
    this.name = 'CliError';
  }
}

/** The text of whatever was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The system's code of an error (`ENOENT`, `ECONNREFUSED`…), looked for in its causes too. */
export function codeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) {
    return undefined;
  }
  if ('code' in thrown && typeof thrown.code === 'string') {
    return thrown.code;
  }
  return codeOf(thrown.cause);
}
