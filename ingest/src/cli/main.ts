import { Command, Option } from 'commander';
import { CliError, messageOf } from './errors.js';

const program = new Command('joblens')
  .description('Job observability for Grafana: runs and their line logs in, rates, durations and the failing line out.')
  .enablePositionalOptions()
  .showHelpAfterError('(joblens --help lists the commands)');

program
  .command('serve')
  .description('run the service')
  .option('--host <host>', 'address to listen on (JOBLENS_HOST; 127.0.0.1)')
  .option('--port <port>', 'port to listen on, 0 for a free one (JOBLENS_PORT; 8080)')
  .option('--data <dir>', 'where spool and embedded engine keep their files (JOBLENS_DATA; .joblens)')
  .option('--no-demo', 'do not load the demo history into an empty store')
  .action(async (options) => (await import('./serve.js')).runServe(options));

service(program.command('exec'))
  .description('run a command; ship its lines, exit status and duration; exit with its own status')
  .usage('--job NAME [options] -- COMMAND...')
  .requiredOption('--job <name>', 'the job that this is a run of')
  .option('--run <id>', "the run's id (one is made up unless given)")
  .option('--type <type>', 'kind of job, such as backup')
  .option('--user <user>', 'who runs it (the current user)')
  .option('--title <title>', 'what to show for the run')
  .option('--tag <key=value>', 'a tag; may be repeated', collect, [])
  .option('--state <dir>', 'where lines wait for the service (JOBLENS_STATE; $XDG_STATE_HOME/joblens)')
  .option('--flush-timeout <seconds>', 'how long to go on shipping after the command ended', '10')
  .argument('<command...>', 'the command and its arguments')
  .passThroughOptions()
  .action(async (command, options) => (await import('./exec/command.js')).runExec(command, options));

service(program.command('flush'))
  .description('ship what earlier `joblens exec` could not')
  .option('--state <dir>', 'where lines wait for the service (JOBLENS_STATE; $XDG_STATE_HOME/joblens)')
  .option('--flush-timeout <seconds>', 'how long to try', '60')
  .action(async (options) => (await import('./exec/flush.js')).runFlush(options));

service(program.command('import'))
  .description('bring in history from files')
  .requiredOption('--format <format>', 'what the files are: ndjson, csv, or workato')
  .option('--mapping <file>', 'YAML file that says which column becomes which field (csv)')
  .addOption(
    new Option('--kind <kind>', 'what the objects are (ndjson)')
      .choices(['runs', 'lines', 'records', 'steps'])
      .default('runs')
  )
  .option('--dry-run', 'print the first mapped events instead of sending them')
  .option('--wait', 'return only once everything can be read back')
  .argument('<file...>', 'files to read, .gz too; - is stdin. workato: folders, or s3://BUCKET/PREFIX')
  .action(async (files, options) => (await import('./import/command.js')).runImport(files, options));

data(program.command('backup'))
  .description('write all that a running service holds, of every tenant, into one file')
  .argument('<file>', 'where to; - is standard output')
  .action(async (file, options) => (await import('./backup/command.js')).runBackup(file, options));
data(program.command('restore'))
  .description('read a backup into a running service whose store is empty')
  .option('--replace', 'also into one that holds something, which goes')
  .argument('<file>', 'the backup; - is standard input')
  .action(async (file, options) => (await import('./backup/command.js')).runRestore(file, options));

const token = program.command('token').description('make, list and revoke tokens (needs one with scope admin)');
service(token.command('create'))
  .description('make a token and print it, this once')
  .requiredOption('--scope <scope>', 'write, read, annotate or admin; may be repeated', collect, [])
  .option('--expires <time>', 'from when on it is refused, such as 2027-01-01T00:00:00Z')
  .option('--rate <n>', 'requests a second it may make')
  .option('--quota <bytes>', 'bytes a day it may send')
  .argument('<name>', 'what it is for')
  .action(async (name, options) => (await import('./token/command.js')).createToken(name, options));
service(token.command('list'))
  .description('list tokens, without what they are')
  .action(async (options) => (await import('./token/command.js')).listTokens(options));
service(token.command('revoke'))
  .description('revoke a token at once')
  .argument('<id>', 'its id, as `list` gives it')
  .action(async (id, options) => (await import('./token/command.js')).revokeToken(id, options));

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`joblens: ${error instanceof CliError ? error.message : describeBug(error)}\n`);
  process.exitCode = error instanceof CliError ? error.exitStatus : 1;
}

/** The options of every command that talks to a running service. */
function service(command: Command): Command {
  return command
    .addOption(new Option('--url <url>', 'address of the service').env('JOBLENS_URL').default('http://127.0.0.1:8080'))
    .addOption(new Option('--token <token>', 'token with the scope that this needs').env('JOBLENS_TOKEN'));
}

/** The option of every command that talks to the service of a data folder on this machine. */
function data(command: Command): Command {
  return command.addOption(
    new Option('--data <dir>', 'data folder of the service').env('JOBLENS_DATA').default('.joblens')
  );
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

function describeBug(error: unknown): string {
  return error instanceof Error && error.stack ? error.stack : messageOf(error);
}
