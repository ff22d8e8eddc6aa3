// Lists the licences of everything that Joblens ships or loads, and fails on one that does not go with Apache-2.0.
// `node scripts/licences.mjs` prints the list as Markdown; docs/licences.md is kept from it.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const COMPATIBLE =
  /^(0BSD|Apache-2\.0|BlueOak-1\.0\.0|BSD-2-Clause|BSD-3-Clause|CC0-1\.0|CC-BY-4\.0|ISC|MIT|MIT-0|OFL-1\.1|Python-2\.0|Unlicense|WTFPL|Zlib)$/;
/** Looked up by hand where package.json does not say it. */
const KNOWN = { 'fast-shallow-equal': 'Unlicense', 'react-universal-interface': 'Unlicense' };
/** Say nothing of a licence anywhere, come with @grafana/ui, and are Grafana's own copy at run time, not ours. */
const OF_GRAFANA = new Set(['get-document']);

const listed = execFileSync('npm', ['ls', '--all', '--omit=dev', '--parseable', '--long'], {
  cwd: root,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
  maxBuffer: 64e6,
});
const packages = new Map();
for (const line of listed.split('\n')) {
  const folder = line.split(':')[0];
  const file = path.join(folder, 'package.json');
  if (!folder.includes('node_modules') || !existsSync(file)) {
    continue;
  }
  const { name, version, license, licenses } = JSON.parse(readFileSync(file, 'utf8'));
  const said = license?.type ?? license ?? licenses?.map((one) => one.type).join(' OR ') ?? 'none';
  if (name && !name.startsWith('@joblens/')) {
    packages.set(`${name} ${version}`, KNOWN[name] ?? String(said));
  }
}
// One of "A OR B" is enough; of "A AND B" all must be.
const goes = (licence) =>
  licence
    .replaceAll(/[()]/g, '')
    .split(/\s+OR\s+/i)
    .some((one) => one.split(/\s+AND\s+/i).every((each) => COMPATIBLE.test(each.trim())));
const bad = [...packages].filter(([name, licence]) => !goes(licence) && !OF_GRAFANA.has(name.split(' ')[0]));
const byLicence = new Map();
for (const [name, licence] of [...packages].sort()) {
  byLicence.set(licence, [...(byLicence.get(licence) ?? []), name]);
}
console.log(
  `# Licences\n\nWhat Joblens loads while it runs: ${packages.size} packages, by \`node scripts/licences.mjs\`.\n`
);
for (const [licence, names] of [...byLicence].sort((a, b) => b[1].length - a[1].length)) {
  console.log(`- **${licence}** (${names.length}): ${names.join(', ')}`);
}
if (bad.length > 0) {
  console.error(
    `These do not go with Apache-2.0, or do not say what they are:\n${bad.map(([name, licence]) => `  ${name}: ${licence}`).join('\n')}`
  );
  process.exitCode = 1;
}
