import { readFileSync } from 'node:fs';

const MARK = '<!-- styles and scripts -->';

/** Writes index.html with the hashed names of the entry's scripts; none of them is inline, so a strict CSP holds. */
export class IndexHtmlPlugin {
  constructor(template) {
    this.template = template;
  }

  apply(compiler) {
    compiler.hooks.thisCompilation.tap('IndexHtmlPlugin', (compilation) => {
      compilation.fileDependencies.add(this.template);
      const { PROCESS_ASSETS_STAGE_SUMMARIZE } = compiler.webpack.Compilation;
      compilation.hooks.processAssets.tap({ name: 'IndexHtmlPlugin', stage: PROCESS_ASSETS_STAGE_SUMMARIZE }, () => {
        const files = [...compilation.entrypoints.values()].flatMap((entry) => entry.getFiles());
        const scripts = files
          .filter((name) => name.endsWith('.js'))
          .map((name) => `<script defer src="/${name}"></script>`);
        const html = readFileSync(this.template, 'utf8').replace(MARK, scripts.join('\n    '));
        compilation.emitAsset('index.html', new compiler.webpack.sources.RawSource(html));
      });
    });
  }
}
