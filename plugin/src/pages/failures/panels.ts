import type { VizPanel } from '@grafana/scenes';
import type { RunFilter } from '../../components/client/types';
import { createCorePanel } from '../scene/createCorePanel';
import { t } from '../../i18n/t';

/** As many as the service has colours for. */
const SERIES = 8;

/** Failures over time, one colour for each kind. */
export function failurePanels(filters: RunFilter[] = []): VizPanel[] {
  return [
    createCorePanel({
      key: 'failures',
      title: t('failures.panels.failures-over-time', 'Failures over time'),
      description: t('failures.panels.the-most-frequent-kinds', 'The {{series}} most frequent kinds.', {
        series: SERIES,
      }),
      pluginId: 'timeseries',
      question: { question: 'failures', format: 'timeseries', limit: SERIES },
      filters,
      maxDataPoints: 60,
      options: { tooltip: { mode: 'multi', sort: 'desc' }, legend: { displayMode: 'list', placement: 'bottom' } },
      fieldConfig: {
        defaults: {
          displayName: '${__field.labels.error}',
          min: 0,
          decimals: 0,
          custom: { drawStyle: 'bars', fillOpacity: 80, lineWidth: 0, stacking: { mode: 'normal', group: 'A' } },
        },
        overrides: [],
      },
    }),
  ];
}
