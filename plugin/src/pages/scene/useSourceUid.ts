import { useCallback, useSyncExternalStore } from 'react';
import { sceneGraph, type SceneObject } from '@grafana/scenes';
import { SOURCE_VARIABLE } from '../paths';

/** The uid of the data source that is chosen in the scene; undefined where there is none. */
export function useSourceUid(model: SceneObject): string | undefined {
  const variable = sceneGraph.lookupVariable(SOURCE_VARIABLE, model);
  const subscribe = useCallback(
    (onChange: () => void) => {
      const subscription = variable?.subscribeToState(onChange);
      return () => subscription?.unsubscribe();
    },
    [variable]
  );
  const uid = useSyncExternalStore(subscribe, () => variable?.getValue());
  return typeof uid === 'string' && uid !== '' ? uid : undefined;
}
