import { createContext, useContext } from 'react';
import type { SceneObject } from '@grafana/scenes';

/** The scene object that a React view belongs to. */
export const SceneContext = createContext<SceneObject | undefined>(undefined);

export function useScene(): SceneObject {
  const scene = useContext(SceneContext);
  if (!scene) {
    throw new Error('A Joblens page was rendered outside of its scene.');
  }
  return scene;
}
