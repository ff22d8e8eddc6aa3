import { useState } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { ErrorMessage } from '../common/ErrorMessage';
import { useJobHistory } from '../JobHistoryContext';
import type { HistoryState } from '../model/urlState';
import { isFailure, isOpen } from '../model/status';
import { LogScroller } from './LogScroller';
import { LogToolbar } from './LogToolbar';
import { useNewLines } from './newLines';
import { useLog } from './useLog';
import { t } from '../../i18n/t';

/** A run's log. A failed run's opens at its first new error, else its first error; an open run's at its end. */
export function LogView({ run }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  const { state } = useJobHistory().location;
  const { lines: log, matches } = useLog(run);
  const newLines = useNewLines();
  const [initialError] = useState(newLines?.first ?? run.log.first_error?.n);
  const target =
    state.line ?? (isFailure(run.status) && state.levels.length === 0 && !state.find ? initialError : undefined);

  return (
    <section aria-label={t('log.logView.log', 'Log')} className={styles.view}>
      <LogToolbar run={run} log={log} matches={matches} />
      {log.error && <ErrorMessage error={log.error} />}
      {log.count > 0 && (
        <LogScroller key={`${run.key} ${filterOf(state)}`} log={log} target={target} follow={isOpen(run.status)} />
      )}
      {log.count === 0 && log.loading && <LoadingPlaceholder text={t('log.logView.loading-lines', 'Loading lines')} />}
      {log.count === 0 && !log.loading && !log.error && <p className={styles.empty}>{emptyWords(run, state.find)}</p>}
    </section>
  );
}

/** Another filter makes other rows of the same numbers, with heights of their own. */
function filterOf({ levels, find, around }: HistoryState): string {
  return find !== '' && around ? '' : `${levels.join()} ${find}`;
}

function emptyWords(run: RunAnswer, find: string): string {
  if (run.log.lines > 0) {
    return find
      ? t('log.logView.no-line-holds', 'No line holds “{{find}}”.', { find })
      : t('log.logView.no-line-has-this', 'No line has this level.');
  }
  return isOpen(run.status)
    ? t('log.logView.no-log-lines-yet', 'No log lines yet. They show up here as they come.')
    : t(
        'log.logView.this-run-sent-no',
        'This run sent no log. Send its output to POST /v1/jobs/{job}/runs/{run}/lines, or run it with “npx joblens exec”.'
      );
}

const getStyles = (theme: GrafanaTheme2) => ({
  view: css({ flex: 1, display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  empty: css({ margin: 0, color: theme.colors.text.secondary }),
});
