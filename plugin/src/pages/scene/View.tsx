import { Suspense, type ComponentType } from 'react';
import {
  sceneGraph,
  SceneObjectBase,
  type SceneComponentProps,
  type SceneObjectState,
  type VizPanel,
} from '@grafana/scenes';
import { LoadingPlaceholder } from '@grafana/ui';
import type { RunFilter } from '../../components/client/types';
import { ErrorMessage } from '../../components/common/ErrorMessage';
import { OutageBanner } from '../../components/common/OutageBanner';
import { JobHistoryProvider } from '../../components/JobHistoryContext';
import { SetupHelp } from '../common/SetupHelp';
import { SceneContext } from './SceneContext';
import { useSceneScope } from './useSceneScope';
import { t } from '../../i18n/t';

interface ViewState extends SceneObjectState {
  /** What is shown; loaded when it is first opened. */
  view: ComponentType;
  /** Narrows every question of the view. */
  filters?: RunFilter[];
  /** Grafana's own panels that the view places, by their keys. */
  panels?: VizPanel[];
}

/** A React view in a scene: it gets the scene's time range, data source and place in the URL as the panel does. */
export class View extends SceneObjectBase<ViewState> {
  static Component = ViewRenderer;
}

function ViewRenderer({ model }: SceneComponentProps<View>) {
  const { view: Content, filters } = model.useState();
  const { scope, error, missing } = useSceneScope(model, filters);
  if (missing) {
    return <SetupHelp />;
  }
  if (error) {
    return <ErrorMessage error={error} />;
  }
  if (!scope) {
    return <LoadingPlaceholder text={t('scene.view.loading-joblens', 'Loading Joblens')} />;
  }
  return (
    <SceneContext.Provider value={model}>
      <JobHistoryProvider value={scope}>
        <OutageBanner onRetry={() => sceneGraph.getTimeRange(model).onRefresh()}>
          <Suspense fallback={<LoadingPlaceholder text={t('scene.view.loading', 'Loading')} />}>
            <Content />
          </Suspense>
        </OutageBanner>
      </JobHistoryProvider>
    </SceneContext.Provider>
  );
}
