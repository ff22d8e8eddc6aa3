import type { VizPanel } from '@grafana/scenes';
import type { RunFilter } from '../../components/client/types';
import { createCorePanel } from '../scene/createCorePanel';
import { t } from '../../i18n/t';

const fixed = (name: string, color: string) => ({
  matcher: { id: 'byName', options: name },
  properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: color } }],
});

/** Grafana's own panels of a job's page. */
export function jobPanels(filters: RunFilter[]): VizPanel[] {
  return [
    createCorePanel({
      key: 'rate',
      title: t('job.panels.success-rate', 'Success rate'),
      description: t(
        'job.panels.succeeded-runs-among-those',
        'Succeeded runs among those that succeeded, failed, timed out or were missed.'
      ),
      pluginId: 'timeseries',
      question: { question: 'rate', format: 'timeseries' },
      filters,
      maxDataPoints: 60,
      fieldConfig: {
        defaults: {
          displayName: t('job.panels.success-rate', 'Success rate'),
          unit: 'percentunit',
          min: 0,
          max: 1,
          color: { mode: 'fixed', fixedColor: 'green' },
          custom: { spanNulls: true, showPoints: 'auto', fillOpacity: 10 },
        },
        overrides: [],
      },
    }),
    createCorePanel({
      key: 'durations',
      title: t('job.panels.durations', 'Durations'),
      description: t(
        'job.panels.of-succeeded-runs-the',
        'Of succeeded runs. The marks are the slowest runs; each leads to its run.'
      ),
      pluginId: 'timeseries',
      question: { question: 'duration', format: 'timeseries', stats: ['p50', 'p95', 'max'], exemplars: true },
      filters,
      maxDataPoints: 60,
      options: { tooltip: { mode: 'multi', sort: 'desc' } },
      fieldConfig: {
        defaults: {
          displayName: '${__field.labels.stat}',
          unit: 'ms',
          min: 0,
          custom: { spanNulls: true, showPoints: 'auto' },
        },
        overrides: [fixed('p50', 'blue'), fixed('p95', 'orange'), fixed('max', 'red')],
      },
    }),
    createCorePanel({
      key: 'histogram',
      title: t('job.panels.spread-of-durations', 'Spread of durations'),
      description: t('job.panels.how-many-succeeded-runs', 'How many succeeded runs took how long.'),
      pluginId: 'heatmap',
      question: { question: 'duration_histogram', format: 'timeseries', buckets: 20 },
      filters,
      maxDataPoints: 40,
      options: {
        calculate: false,
        color: { mode: 'scheme', scheme: 'Oranges', steps: 32 },
        tooltip: { mode: 'single' },
        yAxis: { unit: 'ms' },
        cellGap: 1,
      },
    }),
  ];
}
