import type { TemplateSrv } from '@grafana/runtime';

/** The page has no variables: every text stays as it is. */
export function createTemplateSrv(): TemplateSrv {
  return {
    getVariables: () => [],
    replace: (target = '') => target,
    containsTemplate: () => false,
    updateTimeRange: () => undefined,
  };
}
