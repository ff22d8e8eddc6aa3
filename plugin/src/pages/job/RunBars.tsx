import { css, cx } from '@emotion/css';
import { colorManipulator, type DataFrame, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { readRows } from '../../components/client/frames';
import { useSize } from '../../components/hooks/useSize';
import { useJobHistory } from '../../components/JobHistoryContext';
import { formatDuration } from '../../components/model/duration';
import { toNumber, toText } from '../../components/model/narrow';
import { plural } from '../../components/model/numbers';
import { isFailure, isOpen, statusLook, toStatus, type Status, type Tone } from '../../components/model/status';
import { formatExactTime } from '../../components/model/time';
import { toneFill } from '../../components/status/tone';
import { runLook } from '../common/runLook';
import { Section } from '../common/Section';
import { timeTicks } from '../common/ticks';
import { useQuestion } from '../common/useQuestion';
import { useRovingFocus } from '../common/useRovingFocus';
import { hrefTo } from '../paths';
import { t } from '../../i18n/t';

interface Bar {
  key: string;
  job: string;
  run: string;
  status: Status;
  start: number;
  end: number;
  duration?: number;
  /** Runs that overlap lie in different lanes. */
  lane: number;
}

const MOST = 1000;
const LANE = 18;
const AXIS = 20;
const TICK_WIDTH = 90;
/** More lanes than these scroll. */
const MOST_LANES = 10;

/** Runs on a scale of time with their true start and end; those that overlap lie above each other. */
export function RunBars() {
  const styles = useStyles2(getStyles);
  const { range } = useJobHistory();
  const [ref, { width }] = useSize<HTMLDivElement>();
  const answer = useQuestion({ question: 'timeline', limit: MOST }, ([frame]) => readBars(frame));
  const bars = answer.data ?? [];
  const lanes = 1 + Math.max(0, ...bars.map(({ lane }) => lane));
  return (
    <Section
      title={t('job.runBars.runs-as-they-were', 'Runs as they were')}
      note={noteOf(bars, lanes)}
      loading={answer.loading}
      error={answer.error}
      className={styles.section}
    >
      <div ref={ref}>
        {width > 0 && answer.data && (
          <Lanes bars={bars} lanes={lanes} width={width} from={range.from.valueOf()} to={range.to.valueOf()} />
        )}
      </div>
    </Section>
  );
}

interface LanesProps {
  bars: Bar[];
  lanes: number;
  width: number;
  from: number;
  to: number;
}

function Lanes({ bars, lanes, width, from, to }: LanesProps) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useJobHistory();
  const roving = useRovingFocus(bars.length);
  const x = (at: number) => ((Math.min(to, Math.max(from, at)) - from) / (to - from)) * width;
  const ticks = timeTicks(from, to, Math.max(2, Math.floor(width / TICK_WIDTH)), timeZone);
  return (
    <div className={styles.scroll} style={{ maxHeight: MOST_LANES * LANE + AXIS + 8 }}>
      <div className={styles.lanes} style={{ height: lanes * LANE + AXIS }}>
        {ticks.map(({ at, label }) => (
          <span key={at} className={styles.tick} style={{ left: x(at) }} aria-hidden>
            <span className={styles.tickLabel}>{label}</span>
          </span>
        ))}
        <div
          role="list"
          aria-label={t('job.runBars.runs-on-a-scale', 'Runs on a scale of time')}
          onKeyDown={roving.onKeyDown}
        >
          {bars.map((bar, index) => (
            <span key={bar.key} role="listitem">
              <a
                {...roving.itemProps(index)}
                href={hrefTo('run', { key: bar.key, job: bar.job })}
                className={styles[runLook(bar.status)]}
                style={{ left: x(bar.start), width: Math.max(3, x(bar.end) - x(bar.start)), top: bar.lane * LANE }}
                title={wordsOf(bar, timeZone)}
                aria-label={wordsOf(bar, timeZone)}
              >
                {isFailure(bar.status) && <span aria-hidden>×</span>}
              </a>
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}

function readBars(frame: DataFrame | undefined): Bar[] {
  return readRows(frame)
    .map((row) => ({
      key: toText(row('key')) ?? '',
      job: toText(row('job')) ?? '',
      run: toText(row('run')) ?? '',
      status: toStatus(row('status')),
      start: toNumber(row('start')) ?? 0,
      end: toNumber(row('end')) ?? 0,
      duration: toNumber(row('duration')),
      lane: toNumber(row('lane')) ?? 0,
    }))
    .sort((a, b) => a.start - b.start);
}

function noteOf(bars: Bar[], lanes: number): string {
  const count =
    bars.length === MOST
      ? t('job.runBars.the-newest', 'the newest {{most}}', { most: MOST })
      : plural(bars.length, 'run');
  return lanes > 1
    ? t('job.runBars.up-to-at-the', '{{n}}, up to {{lanes}} at the same time', { n: count, lanes })
    : count;
}

function wordsOf({ run, status, start, end, duration }: Bar, timeZone: string): string {
  const length = formatDuration(duration ?? (isOpen(status) ? end - start : undefined));
  return t('job.runBars.from', '{{label}}: {{run}}, from {{start}}, {{n}}', {
    label: statusLook(status).label,
    run,
    start: formatExactTime(start, timeZone),
    n: length,
  });
}

const getStyles = (theme: GrafanaTheme2) => {
  const bar = {
    position: 'absolute',
    height: LANE - 7,
    overflow: 'hidden',
    borderRadius: 2,
    fontSize: 11,
    lineHeight: `${LANE - 7}px`,
    textAlign: 'center',
    '&:hover': { outline: `1px solid ${theme.colors.text.primary}`, zIndex: 1 },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.text}`, zIndex: 1 },
  } as const;
  const filled = (tone: Tone) =>
    css({
      ...bar,
      background: colorManipulator.alpha(toneFill(theme, tone), 0.85),
      color: theme.colors.error.contrastText,
    });
  return {
    section: css({ overflow: 'hidden' }),
    scroll: css({ overflowX: 'hidden', overflowY: 'auto' }),
    lanes: css({ position: 'relative' }),
    tick: css({
      position: 'absolute',
      top: 0,
      bottom: 0,
      width: 0,
      borderLeft: `1px solid ${theme.colors.border.weak}`,
    }),
    tickLabel: css({
      position: 'absolute',
      bottom: 0,
      paddingLeft: 4,
      color: theme.colors.text.secondary,
      fontSize: 11,
      whiteSpace: 'nowrap',
    }),
    good: filled('success'),
    open: filled('primary'),
    quiet: filled('secondary'),
    // Where a bar is too narrow for its mark, its height tells a failure apart.
    bad: cx(filled('error'), css({ height: LANE - 2 })),
    missed: css({ ...bar, border: `1px dashed ${toneFill(theme, 'warning')}`, color: theme.colors.warning.text }),
  };
};
