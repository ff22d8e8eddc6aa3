/// <reference types="systemjs" />
import 'systemjs/dist/system.js';
import 'systemjs/dist/extras/amd.js';
import * as emotionCss from '@emotion/css';
import * as emotionReact from '@emotion/react';
import * as grafanaData from '@grafana/data';
import * as grafanaRuntime from '@grafana/runtime';
import * as grafanaUi from '@grafana/ui';
import i18next from 'i18next';
import * as lodash from 'lodash';
import * as react from 'react';
import * as reactDom from 'react-dom';
import * as jsxRuntime from 'react/jsx-runtime';
import * as reactRouter from 'react-router-dom';
import * as rxjs from 'rxjs';
import * as rxjsOperators from 'rxjs/operators';
import { PluginPage } from './PluginPage';

/** The global that systemjs' files set. */
export const loader = System;

/** What Grafana shares with plugins, as far as ours take it: one React and one `@grafana/ui` for page and plugin. */
const SHARED: Record<string, System.Module> = {
  '@emotion/css': emotionCss,
  '@emotion/react': emotionReact,
  '@grafana/data': grafanaData,
  '@grafana/runtime': { ...grafanaRuntime, PluginPage },
  '@grafana/ui': grafanaUi,
  i18next,
  lodash,
  react,
  'react-dom': reactDom,
  // As in Grafana, where the name stands for what react-router-dom exports.
  'react-router': reactRouter,
  'react/jsx-runtime': jsxRuntime,
  rxjs,
  'rxjs/operators': rxjsOperators,
};

export function registerSharedModules(): void {
  const imports = Object.fromEntries(Object.keys(SHARED).map((name) => [name, `shared:${name}`]));
  loader.addImportMap({ imports });
  for (const [name, module] of Object.entries(SHARED)) {
    loader.set(`shared:${name}`, module);
  }
}
