import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Niceness, where this process may set it: whoever waits for the answer to a write goes first, then who asks, then what
 * is stored and merged. ClickHouse gives every thread the niceness of its work, and without being told 0.
 */
export const NICE = { asking: 2, storing: 6 };

/** How many bytes of which values a column holds would help to order joins; here it makes inserts and merges a tenth dearer. */
const CONFIG = `<clickhouse>
  <os_threads_nice_value_merge_mutate>${NICE.storing}</os_threads_nice_value_merge_mutate>
  <merge_tree>
    <auto_statistics_types></auto_statistics_types>
  </merge_tree>
</clickhouse>
`;

/** Writes what the engine has to know when it starts; gives the argument that names the file. */
export function writeConfig(dir: string): string {
  const file = join(dir, 'config.xml');
  writeFileSync(file, CONFIG, { mode: 0o600 });
  return `--config-file=${file}`;
}

/** Settings of all that runs on a connection. */
export const niceTo = (value: number): Readonly<Record<string, string>> => ({
  os_threads_nice_value_query: String(value),
  os_threads_nice_value_materialized_view: String(value),
});
