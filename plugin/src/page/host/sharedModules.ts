/// <reference types="systemjs" />
import 'systemjs/dist/system.js';
import 'systemjs/dist/extras/amd.js';
import * as emotionCss from '@emotion/css';
import * as grafanaData from '@grafana/data';
import * as grafanaRuntime from '@grafana/runtime';
import * as grafanaUi from '@grafana/ui';
import * as react from 'react';
import * as reactDom from 'react-dom';
import * as jsxRuntime from 'react/jsx-runtime';
import * as rxjs from 'rxjs';

/** The global that systemjs' files set. */
export const loader = System;

/** What Grafana shares with plugins, as far as ours take it: one React and one `@grafana/ui` for page and plugin. */
const SHARED: Record<string, System.Module> = {
  '@emotion/css': emotionCss,
  '@grafana/data': grafanaData,
  '@grafana/runtime': grafanaRuntime,
  '@grafana/ui': grafanaUi,
  react,
  'react-dom': reactDom,
  'react/jsx-runtime': jsxRuntime,
  rxjs,
};

export function registerSharedModules(): void {
  const imports = Object.fromEntries(Object.keys(SHARED).map((name) => [name, `shared:${name}`]));
  loader.addImportMap({ imports });
  for (const [name, module] of Object.entries(SHARED)) {
    loader.set(`shared:${name}`, module);
  }
}
