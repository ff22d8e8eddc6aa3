import type { VizPanel } from '@grafana/scenes';
import { createCorePanel } from '../scene/createCorePanel';
import { t } from '../../i18n/t';

/** The failure rate against what is usual at these hours. */
export function nowPanels(): VizPanel[] {
  return [
    createCorePanel({
      key: 'baseline',
      title: t('now.panels.failure-rate', 'Failure rate, against its usual'),
      description: t(
        'now.panels.usual-is-the-failure',
        'Usual is the failure rate of the same hours in the last 4 weeks.'
      ),
      pluginId: 'timeseries',
      question: { question: 'baseline', format: 'timeseries', weeks: 4 },
      maxDataPoints: 60,
      options: { tooltip: { mode: 'multi', sort: 'none' } },
      fieldConfig: {
        defaults: {
          displayName: '${__field.labels.series}',
          unit: 'percentunit',
          min: 0,
          custom: { spanNulls: true, showPoints: 'never' },
        },
        overrides: [
          {
            matcher: { id: 'byName', options: 'now' },
            properties: [
              { id: 'color', value: { mode: 'fixed', fixedColor: 'red' } },
              { id: 'custom.fillOpacity', value: 15 },
            ],
          },
          {
            matcher: { id: 'byName', options: 'usual' },
            properties: [
              { id: 'color', value: { mode: 'fixed', fixedColor: 'text' } },
              { id: 'custom.lineStyle', value: { fill: 'dash', dash: [6, 4] } },
            ],
          },
        ],
      },
    }),
  ];
}
