import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import CopyWebpackPlugin from 'copy-webpack-plugin';
import { BundleBudgetPlugin } from './BundleBudgetPlugin.mjs';
import { externals } from './externals.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const src = path.join(root, 'src');
const dist = path.join(root, 'dist');
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const { id } = JSON.parse(readFileSync(path.join(src, 'plugin.json'), 'utf8'));

const publicPath = path.join(root, '.config/webpack/publicPath.js');
const entry = (file) => [publicPath, path.join(src, file)];

/** Fills the placeholders that Grafana's schema allows in plugin.json and the README. */
const fill = (content) =>
  content
    .toString()
    .replaceAll('%VERSION%', version)
    .replaceAll('%TODAY%', new Date().toISOString().slice(0, 10))
    .replaceAll('%PLUGIN_ID%', id);

/** @returns {import('webpack').Configuration} */
export default function config(env = {}) {
  const production = Boolean(env.production);
  return {
    context: src,
    mode: production ? 'production' : 'development',
    devtool: production ? 'source-map' : 'eval-source-map',
    target: ['web', 'es2021'],
    cache: { type: 'filesystem', buildDependencies: { config: [fileURLToPath(import.meta.url)] } },
    stats: production ? 'errors-warnings' : 'minimal',
    performance: { hints: false },
    entry: {
      module: entry('module.tsx'),
      'datasource/module': entry('datasource/module.ts'),
      'panel/module': entry('panel/module.tsx'),
    },
    externals,
    module: {
      rules: [
        {
          test: /\.[tj]sx?$/,
          exclude: /node_modules/,
          use: {
            loader: 'swc-loader',
            options: {
              jsc: {
                target: 'es2021',
                parser: { syntax: 'typescript', tsx: true },
                transform: { react: { runtime: 'automatic', development: false } },
              },
            },
          },
        },
        { test: /\.css$/, use: ['style-loader', 'css-loader'] },
        { test: /\.(png|jpe?g|gif|svg)$/, type: 'asset/resource', generator: { filename: 'img/[hash][ext]' } },
      ],
    },
    output: {
      // The Go binaries are built apart and must survive a front-end build.
      clean: { keep: /gpx_|go_plugin_build_manifest/ },
      path: dist,
      filename: '[name].js',
      chunkFilename: production ? '[name].[contenthash:8].js' : '[name].js',
      library: { type: 'amd' },
      publicPath: `public/plugins/${id}/`,
      uniqueName: id,
    },
    plugins: [
      new CopyWebpackPlugin({
        patterns: [
          { from: '**/plugin.json', to: '.', transform: fill },
          { from: '../README.md', to: '.', transform: fill },
          { from: '../CHANGELOG.md', to: '.' },
          { from: '../../LICENSE', to: 'LICENSE', toType: 'file' },
          { from: '**/img/**/*', to: '.' },
          { from: '**/locales/**/*.json', to: '.' },
          { from: 'dashboards/*.json', to: '.', noErrorOnMissing: true },
        ],
      }),
      ...(production
        ? [new BundleBudgetPlugin({ module: 100_000, 'datasource/module': 100_000, 'panel/module': 100_000 })]
        : []),
    ],
    resolve: {
      extensions: ['.ts', '.tsx', '.js', '.jsx'],
      // The model in ingest/ is written as Node wants it: imports end in .js.
      extensionAlias: { '.js': ['.ts', '.tsx', '.js'] },
    },
  };
}
