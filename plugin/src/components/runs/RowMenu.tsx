import { ContextMenu, Menu } from '@grafana/ui';
import { useLinkTo } from '../hooks/useLinkTo';
import type { RunRow } from '../model/run';
import { NO_FILTERS, NO_RUN, type HistoryState } from '../model/urlState';
import { t } from '../../i18n/t';

/** Whose menu is open, and beside which button. */
export interface OpenMenu {
  run: RunRow;
  button: HTMLElement;
}

/** What can be opened of a run straight from the list. */
export function RowMenu({ menu, onClose }: { menu: OpenMenu; onClose(): void }) {
  const linkTo = useLinkTo();
  const { run, button } = menu;
  const { left, bottom } = button.getBoundingClientRect();
  const item = (
    label: string,
    icon: 'file-alt' | 'document-info' | 'info-circle' | 'history',
    to: Partial<HistoryState>
  ) => {
    const { href, follow } = linkTo(to);
    return <Menu.Item label={label} icon={icon} url={href} onClick={follow} />;
  };
  const close = () => {
    onClose();
    button.focus({ preventScroll: true });
  };
  return (
    <ContextMenu
      x={left}
      y={bottom}
      onClose={close}
      renderMenuItems={() => (
        <>
          {item(t('runs.rowMenu.view-log', 'View log'), 'file-alt', { ...NO_RUN, run: run.key, tab: 'log' })}
          {item(t('runs.rowMenu.replicate-summary', 'Replicate summary'), 'document-info', {
            ...NO_RUN,
            run: run.key,
            show: 'summary',
          })}
          {item(t('runs.rowMenu.replicate-source-info', 'Replicate source info'), 'info-circle', {
            ...NO_RUN,
            run: run.key,
            show: 'source',
          })}
          {item(t('runs.rowMenu.all-runs-of-this', 'All runs of this job'), 'history', {
            ...NO_RUN,
            ...NO_FILTERS,
            job: run.job,
          })}
        </>
      )}
    />
  );
}
