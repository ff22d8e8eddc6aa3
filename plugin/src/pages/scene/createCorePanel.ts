import { SceneQueryRunner, VizPanel, type VizPanelState } from '@grafana/scenes';
import type { RunFilter } from '../../components/client/types';
import type { PageQuestion } from '../common/questions';
import { SOURCE_VARIABLE } from '../paths';
import { SOURCE_TYPE } from './source';

type Looks = Partial<Pick<VizPanelState, 'description' | 'options' | 'fieldConfig'>>;

interface CorePanelOptions extends Looks {
  /** The name under which a view places the panel. */
  key: string;
  title: string;
  pluginId: 'timeseries' | 'heatmap';
  question: PageQuestion;
  filters?: RunFilter[];
  maxDataPoints?: number;
}

/** One of Grafana's own panels, asking one question through the page's data source. */
export function createCorePanel({ question, filters, maxDataPoints = 120, ...state }: CorePanelOptions): VizPanel {
  return new VizPanel({
    ...state,
    $data: new SceneQueryRunner({
      datasource: { type: SOURCE_TYPE, uid: `\${${SOURCE_VARIABLE}}` },
      queries: [{ refId: 'A', ...question, filters: [...(filters ?? []), ...(question.filters ?? [])] }],
      maxDataPoints,
    }),
  });
}
