// What @grafana/plugin-validator and Grafana itself ask of a packed plugin, as far as it can be told from its files.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** @returns {string[]} what is wrong with a built plugin; empty where nothing is */
export function problemsIn(dist) {
  const read = (file) => readFileSync(path.join(dist, file), 'utf8');
  const about = (part) => JSON.parse(read(path.join(part, 'plugin.json')));
  const missing = (files) =>
    files.filter((file) => !existsSync(path.join(dist, file))).map((file) => `${file} is missing`);
  return [
    ...missing(['README.md', 'CHANGELOG.md', 'LICENSE', ...PARTS.map((part) => path.join(part, 'module.js'))]),
    ...PARTS.flatMap((part) => missing(filesOf(part, about(part)))),
    ...PARTS.filter((part) => /%[A-Z_]+%/.test(JSON.stringify(about(part).info))).map(
      (part) => `${part}/plugin.json has a placeholder that was not filled`
    ),
    ...missing(chunksOf(read('module.js'))),
    ...binariesIn(dist)
      .filter((file) => (statSync(path.join(dist, file)).mode & 0o111) === 0 && !file.endsWith('.exe'))
      .map((file) => `${file} is not executable`),
    ...(binariesIn(dist).length === 0 ? ['the relay is missing: there is no datasource/gpx_… for any platform'] : []),
  ];
}

const PARTS = ['.', 'datasource', 'panel'];

/** Logos, screenshots, included files and words that a plugin.json names. */
function filesOf(part, { id, info, includes = [], languages = [] }) {
  const { small, large } = info.logos;
  const named = [small, large, ...(info.screenshots ?? []).map((shot) => shot.path)];
  const included = includes.filter(({ path = '' }) => path.endsWith('.json')).map(({ path }) => path);
  const words = languages.map((language) => path.join('locales', language, `${id}.json`));
  return [...named, ...included, ...words].map((file) => path.join(part, file));
}

/** The chunks that webpack's runtime may ask for. */
function chunksOf(module) {
  const [, map = ''] = /\{((?:\d+:"[0-9a-f]{8}",?)+)\}/.exec(module) ?? [];
  return [...map.matchAll(/(\d+):"([0-9a-f]{8})"/g)].map(([, id, hash]) => `${id}.${hash}.js`);
}

const binariesIn = (dist) =>
  readdirSync(path.join(dist, 'datasource'))
    .filter((file) => file.startsWith('gpx_'))
    .map((file) => path.join('datasource', file));
