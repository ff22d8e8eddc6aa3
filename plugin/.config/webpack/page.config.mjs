import path from 'node:path';
import { fileURLToPath } from 'node:url';
import CopyWebpackPlugin from 'copy-webpack-plugin';
import MinimizerPlugin from 'minimizer-webpack-plugin';
import { BundleBudgetPlugin } from './BundleBudgetPlugin.mjs';
import { IndexHtmlPlugin } from './IndexHtmlPlugin.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const src = path.join(root, 'src/page');
const fileOf = (name) => fileURLToPath(import.meta.resolve(name));

// `@grafana/ui` asks for its fonts by the names that Grafana gives them.
const INTER = [
  ['400-normal', 'Inter-Regular'],
  ['500-normal', 'Inter-Medium'],
  ['400-italic', 'Inter-Italic'],
  ['500-italic', 'Inter-MediumItalic'],
];
const ROBOTO_MONO = 'L0xTDF4xlVMF-BfR8bXMIhJHg45mwgGEFl0_3vrtSM1J-gEPT5Ese6hmHSh0mQ.woff2';

/** The page at `/` of the service: a small host for the built panel and data source, with the real Grafana libraries. */
export default function config(env = {}) {
  const production = Boolean(env.production);
  return {
    context: src,
    mode: production ? 'production' : 'development',
    devtool: production ? false : 'eval-source-map',
    target: ['web', 'es2021'],
    cache: {
      type: 'filesystem',
      name: `page-${production}`,
      buildDependencies: { config: [fileURLToPath(import.meta.url)] },
    },
    stats: 'errors-warnings',
    performance: { hints: false },
    entry: { page: './main.tsx' },
    module: {
      rules: [
        {
          test: /\.tsx?$/,
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
        // Grafana's packages import single files of others without their endings.
        { test: /\.m?js$/, resolve: { fullySpecified: false } },
        { test: /\.css$/, use: ['style-loader', 'css-loader'] },
        // systemjs' dist files set globals; taken as AMD they would see webpack's own define instead.
        { test: /systemjs[\\/]dist/, parser: { amd: false, commonjs: false } },
      ],
    },
    output: {
      clean: true,
      path: path.join(root, 'dist-page'),
      publicPath: '/',
      filename: 'assets/[name].[contenthash:8].js',
      chunkFilename: 'assets/[name].[contenthash:8].js',
      assetModuleFilename: 'assets/[hash][ext]',
    },
    optimization: {
      minimizer: [new MinimizerPlugin({ minify: MinimizerPlugin.swcMinify })],
      splitChunks: {
        chunks: 'all',
        cacheGroups: {
          grafana: { test: /node_modules[\\/]@grafana[\\/]/, name: 'grafana', chunks: 'initial', priority: 10 },
          vendors: { test: /node_modules/, name: 'vendors', chunks: 'initial' },
        },
      },
    },
    plugins: [
      new IndexHtmlPlugin(path.join(src, 'index.html')),
      new CopyWebpackPlugin({
        patterns: [
          {
            from: path.join(path.dirname(fileOf('@grafana/ui/package.json')), 'dist/public/img/icons'),
            to: 'public/build/img/icons',
          },
          // Those that the npm package of @grafana/ui leaves out.
          { from: path.join(src, 'icons'), to: 'public/build/img/icons/unicons' },
          ...INTER.map(([from, to]) => ({
            from: fileOf(`@fontsource/inter/files/inter-latin-${from}.woff2`),
            to: `public/fonts/inter/${to}.woff2`,
          })),
          {
            from: fileOf('@fontsource/roboto-mono/files/roboto-mono-latin-400-normal.woff2'),
            to: `public/fonts/roboto/${ROBOTO_MONO}`,
          },
        ],
      }),
      ...(production ? [new BundleBudgetPlugin({})] : []),
    ],
    resolve: { extensions: ['.ts', '.tsx', '.mjs', '.js'], extensionAlias: { '.js': ['.ts', '.tsx', '.js'] } },
  };
}
