import { gzipSync } from 'node:zlib';

const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} kB`;

/**
 * Prints what each script weighs and fails the production build when an entry is over its budget.
 * `budgets`: entry name → bytes after gzip.
 */
export class BundleBudgetPlugin {
  constructor(budgets) {
    this.budgets = budgets;
  }

  apply(compiler) {
    compiler.hooks.compilation.tap('BundleBudgetPlugin', (compilation) => {
      const { PROCESS_ASSETS_STAGE_REPORT } = compiler.webpack.Compilation;
      compilation.hooks.processAssets.tap(
        { name: 'BundleBudgetPlugin', stage: PROCESS_ASSETS_STAGE_REPORT },
        (assets) => this.report(compiler, compilation, assets)
      );
    });
  }

  report(compiler, compilation, assets) {
    const scripts = Object.keys(assets).filter((name) => name.endsWith('.js'));
    for (const name of scripts.sort()) {
      const source = assets[name].buffer();
      const gzip = gzipSync(source).length;
      console.log(`${name.padEnd(32)} ${kilobytes(source.length).padStart(10)}  gzip ${kilobytes(gzip).padStart(9)}`);
      const budget = this.budgets[name.replace(/\.js$/, '')];
      if (budget !== undefined && gzip > budget) {
        const message = `${name} is ${kilobytes(gzip)} after gzip, over its budget of ${kilobytes(budget)}`;
        compilation.errors.push(new compiler.webpack.WebpackError(message));
      }
    }
  }
}
