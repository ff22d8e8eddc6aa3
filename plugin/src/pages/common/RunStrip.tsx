import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useJobHistory } from '../../components/JobHistoryContext';
import { formatDuration } from '../../components/model/duration';
import { isFailure, statusLook, type Status } from '../../components/model/status';
import { formatTime } from '../../components/model/time';
import { toneFill, toneText } from '../../components/status/tone';
import { hrefTo } from '../paths';
import { runLook } from './runLook';
import type { StripRun } from './strip';
import { useRovingFocus } from './useRovingFocus';
import { t } from '../../i18n/t';

interface Props {
  job: string;
  /** The oldest first. */
  runs: StripRun[];
}

const HEIGHT = 30;
/** Under this a bar could not be hit any more. */
const MIN_BAR = 6;
const MARK = 8;

/** The last runs of a job: height is duration, colour is status, a mark stands over those that failed. */
export function RunStrip({ job, runs }: Props) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useJobHistory();
  const roving = useRovingFocus(runs.length);
  const longest = Math.max(1, ...runs.map(({ duration = 0 }) => duration));
  return (
    <div
      role="list"
      aria-label={t('common.runStrip.last-runs-of', 'Last {{n}} runs of {{job}}', { n: runs.length, job })}
      className={styles.strip}
      onKeyDown={roving.onKeyDown}
    >
      {runs.map(({ key, status, duration, at }, index) => {
        const words = `${statusLook(status).label}, ${formatTime(at, timeZone)}${duration === undefined ? '' : `, ${formatDuration(duration)}`}`;
        return (
          <span key={key} role="listitem" className={styles.item}>
            <a
              {...roving.itemProps(index)}
              href={hrefTo('run', { key, job })}
              className={styles.link}
              title={words}
              aria-label={words}
            >
              {isFailure(status) && (
                <span className={cx(styles.mark, styles[runLook(status)])}>{MARKS[status] ?? '×'}</span>
              )}
              <span
                className={cx(styles.bar, styles[runLook(status)])}
                style={{ height: MIN_BAR + Math.sqrt((duration ?? 0) / longest) * (HEIGHT - MARK - MIN_BAR) }}
              />
            </a>
          </span>
        );
      })}
    </div>
  );
}

const MARKS: Partial<Record<Status, string>> = { missed: '?' };

const getStyles = (theme: GrafanaTheme2) => ({
  strip: css({ display: 'inline-flex', alignItems: 'flex-end', height: HEIGHT, maxWidth: '100%', overflow: 'hidden' }),
  item: css({ display: 'inline-flex' }),
  link: css({
    display: 'inline-flex',
    flexDirection: 'column',
    justifyContent: 'flex-end',
    alignItems: 'center',
    width: 7,
    height: HEIGHT,
    '&:hover': { background: theme.colors.action.hover },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.text}`, outlineOffset: -2 },
  }),
  bar: css({ width: 5, borderRadius: 1, boxSizing: 'border-box' }),
  mark: css({
    fontSize: 9,
    lineHeight: `${MARK}px`,
    height: MARK,
    fontWeight: theme.typography.fontWeightBold,
    '&&': { background: 'none', border: 'none' },
  }),
  good: css({ background: toneFill(theme, 'success') }),
  bad: css({ background: toneFill(theme, 'error'), color: toneText(theme, 'error') }),
  missed: css({ border: `1px dashed ${toneFill(theme, 'warning')}`, color: toneText(theme, 'warning') }),
  open: css({ background: toneFill(theme, 'primary') }),
  quiet: css({ background: toneFill(theme, 'secondary') }),
});
