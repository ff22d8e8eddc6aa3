import { sceneGraph, VizPanel } from '@grafana/scenes';
import { useScene } from './SceneContext';

interface Props {
  /** Key of the panel among those of the page's scene. */
  name: string;
  height: number;
}

/** The place of one of Grafana's own panels in a view. */
export function CorePanel({ name, height }: Props) {
  const panel = sceneGraph.findByKeyAndType(useScene(), name, VizPanel);
  return (
    <div style={{ position: 'relative', height, minWidth: 0 }}>
      <panel.Component model={panel} />
    </div>
  );
}
