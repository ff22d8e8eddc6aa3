import type { KeyboardEvent } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { ToolbarButton, useStyles2, type IconName } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { SearchInput } from '../filters/SearchInput';
import { fileName, useDownload } from '../hooks/useDownload';
import { useJobHistory } from '../JobHistoryContext';
import { formatCount } from '../model/numbers';
import type { LevelGroup } from '../model/urlState';
import { countOf } from './levels';
import type { LogLines } from './LogLines';
import { MatchNav } from './MatchNav';
import { placeAmong } from './matches';
import { useNewLines } from './newLines';
import { t } from '../../i18n/t';

interface Props {
  run: RunAnswer;
  log: LogLines;
  /** The lines that hold what was searched for. */
  matches?: LogLines;
}

export function LogToolbar({ run, log, matches }: Props) {
  const styles = useStyles2(getStyles);
  const { client, location } = useJobHistory();
  const { state, update } = location;
  const goTo = (line: number | undefined) => line !== undefined && update({ line }, { replace: true });
  const goOnEnter = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && matches) {
      const { previous, next } = placeAmong(matches, state.line);
      goTo(event.shiftKey ? previous : next);
    }
  };
  const newLines = useNewLines();
  const download = useDownload();
  const toggle = (group: LevelGroup) =>
    update({
      levels: state.levels.includes(group)
        ? state.levels.filter((other) => other !== group)
        : // What is new stands alone: it is no level.
          [...state.levels.filter((other) => (other === 'new') === (group === 'new')), group],
    });
  const group = (name: LevelGroup, label: string, icon: IconName, count: number) => (
    <ToolbarButton
      icon={icon}
      variant={state.levels.includes(name) ? 'active' : 'canvas'}
      aria-pressed={state.levels.includes(name)}
      // On a small screen Grafana's button hides its words.
      aria-label={[label, formatCount(count)].join(' ')}
      onClick={() => toggle(name)}
    >
      {label} {formatCount(count)}
    </ToolbarButton>
  );
  const firstError = run.log.first_error;

  return (
    <div className={styles.bar} role="toolbar" aria-label={t('log.logToolbar.log', 'Log')}>
      <div className={styles.find}>
        <SearchInput
          label={t('log.logToolbar.search-the-log', 'Search the log')}
          value={state.find}
          onSearch={(find) => update({ find, line: undefined }, { replace: true })}
          onKeyDown={goOnEnter}
        />
      </div>
      {matches && <MatchNav matches={matches} onGo={goTo} />}
      {group('errors', t('log.logToolbar.errors', 'Errors'), 'times-circle', countOf(run.log.by_level, 'errors'))}
      {group(
        'warnings',
        t('log.logToolbar.warnings', 'Warnings'),
        'exclamation-triangle',
        countOf(run.log.by_level, 'warnings')
      )}
      {newLines &&
        group(
          'new',
          t('log.logToolbar.new-since-last-success', 'New since last success'),
          'plus-circle',
          newLines.count
        )}
      <span className={styles.position} aria-live="polite">
        {positionWords(run, log, state.line)}
      </span>
      <span className={styles.actions}>
        {newLines?.first !== undefined && (
          <ToolbarButton
            icon="arrow-to-right"
            aria-label={t('log.logToolbar.first-new-line', 'First new line')}
            variant="canvas"
            onClick={() => update({ line: newLines.first, levels: [], find: '' }, { replace: true })}
          >
            {t('log.logToolbar.first-new-line', 'First new line')}
          </ToolbarButton>
        )}
        {firstError && (
          <ToolbarButton
            icon="arrow-to-right"
            aria-label={t('log.logToolbar.first-error', 'First error')}
            variant="canvas"
            onClick={() => update({ line: firstError.n, levels: [], find: '' }, { replace: true })}
          >
            {t('log.logToolbar.first-error', 'First error')}
          </ToolbarButton>
        )}
        <ToolbarButton
          icon="wrap-text"
          tooltip={t('log.logToolbar.wrap-long-lines', 'Wrap long lines')}
          aria-label={t('log.logToolbar.wrap-long-lines', 'Wrap long lines')}
          variant={state.wrap ? 'active' : 'canvas'}
          aria-pressed={state.wrap}
          onClick={() => update({ wrap: !state.wrap }, { replace: true })}
        />
        <ToolbarButton
          icon="download-alt"
          tooltip={t('log.logToolbar.download-the-whole-log', 'Download the whole log')}
          aria-label={t('log.logToolbar.download-the-whole-log', 'Download the whole log')}
          variant="canvas"
          disabled={download.busy || run.log.lines === 0}
          onClick={() =>
            download.start(fileName([run.job, run.run], 'log'), () =>
              client.getFile('v1/run/lines', { key: run.key }, 'text/plain')
            )
          }
        >
          {download.error ? t('log.logToolbar.download-failed-try-again', 'Download failed, try again') : undefined}
        </ToolbarButton>
      </span>
    </div>
  );
}

function positionWords(run: RunAnswer, log: LogLines, line: number | undefined): string {
  if (log.total !== undefined && log.total !== run.log.lines) {
    return t('log.logToolbar.of-lines', '{{total}} of {{lines}} lines', {
      total: formatCount(log.total),
      lines: formatCount(run.log.lines),
    });
  }
  return line === undefined
    ? ''
    : t('log.logToolbar.line-of', 'line {{line}} of {{lines}}', {
        line: formatCount(line),
        lines: formatCount(run.log.lines),
      });
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(0.75) }),
  find: css({ flex: '1 1 120px', maxWidth: 220 }),
  position: css({ color: theme.colors.text.secondary, padding: theme.spacing(0, 1) }),
  actions: css({ display: 'inline-flex', flexWrap: 'wrap', gap: theme.spacing(0.75), marginLeft: 'auto' }),
});
