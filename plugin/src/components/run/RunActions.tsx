import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { LinkButton, useStyles2, type IconName } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { useLinkTo } from '../hooks/useLinkTo';
import { ManageMenu } from '../manage/ManageMenu';
import type { HistoryState } from '../model/urlState';
import { t } from '../../i18n/t';

/** What can be opened of a run, and where it came from. */
export function RunActions({ run, onViewLog }: { run: RunAnswer; onViewLog(): void }) {
  const styles = useStyles2(getStyles);
  const linkTo = useLinkTo();
  const button = (label: string, icon: IconName, to: Partial<HistoryState>, onOpen?: () => void) => {
    const { href, follow } = linkTo(to);
    return (
      <LinkButton
        href={href}
        icon={icon}
        size="sm"
        variant="secondary"
        onClick={(event) => {
          follow(event);
          onOpen?.();
        }}
      >
        {label}
      </LinkButton>
    );
  };
  const source = linkTo({ show: 'source' });
  return (
    <div className={styles} role="group" aria-label={t('run.runActions.actions', 'Actions')}>
      {button(t('run.runActions.view-log', 'View log'), 'file-alt', { tab: 'log', show: undefined }, onViewLog)}
      {button(t('run.runActions.replicate-summary', 'Replicate summary'), 'document-info', { show: 'summary' })}
      <LinkButton
        href={source.href}
        onClick={source.follow}
        icon="info-circle"
        size="sm"
        variant="secondary"
        tooltip={t('run.runActions.replicate-source-info', 'Replicate source info')}
        aria-label={t('run.runActions.replicate-source-info', 'Replicate source info')}
      />
      {run.url && /^https?:/.test(run.url) && (
        <LinkButton
          href={run.url}
          target="_blank"
          rel="noreferrer"
          size="sm"
          variant="secondary"
          icon="external-link-alt"
          tooltip={t('run.runActions.open-it-where-it', 'Open it where it ran')}
          aria-label={t('run.runActions.open-it-where-it', 'Open it where it ran')}
        />
      )}
      <ManageMenu run={run} />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.75), marginLeft: 'auto' });
