import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the ingest package, both from its sources and from its bundle. */
export const packageRoot = findUp(dirname(fileURLToPath(import.meta.url)));
export const migrationsDir = join(packageRoot, 'src/storage/migrations');
export const defaultRulesFile = join(packageRoot, 'rules/default.yaml');
export const redactionFile = join(packageRoot, 'rules/redaction.yaml');
export const engineEntry = join(packageRoot, 'dist/engine.js');
export const settlerEntry = join(packageRoot, 'dist/settler.js');
/** The hosted page and the plugin that it loads; there once the plugin is built. */
export const pageDir = join(packageRoot, '../plugin/dist-page');
export const pluginDir = join(packageRoot, '../plugin/dist');

function findUp(from: string): string {
  return existsSync(join(from, 'package.json')) ? from : findUp(dirname(from));
}
