import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { SceneObjectBase, type SceneComponentProps, type SceneObject, type SceneObjectState } from '@grafana/scenes';
import { useStyles2 } from '@grafana/ui';

interface ControlRowState extends SceneObjectState {
  controls: SceneObject[];
}

/** A page's pickers beside its title; where they do not fit beside each other, they wrap and keep their words. */
export class ControlRow extends SceneObjectBase<ControlRowState> {
  static Component = ControlRowRenderer;
}

function ControlRowRenderer({ model }: SceneComponentProps<ControlRow>) {
  const styles = useStyles2(getStyles);
  const { controls } = model.useState();
  return (
    <div className={styles}>
      {controls.map((control) => (
        <control.Component key={control.state.key} model={control} />
      ))}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), minWidth: 0, '& > *': { flex: 'none' } });
