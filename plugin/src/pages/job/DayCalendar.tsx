import { useMemo } from 'react';
import { css, cx } from '@emotion/css';
import { colorManipulator, dateTimeFormat, type DataFrame, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { readRows } from '../../components/client/frames';
import { useJobHistory } from '../../components/JobHistoryContext';
import { formatDuration } from '../../components/model/duration';
import { toNumber, toText } from '../../components/model/narrow';
import { formatCount, plural } from '../../components/model/numbers';
import { toneFill } from '../../components/status/tone';
import { Section } from '../common/Section';
import { lastDays } from '../common/ranges';
import { useQuestion } from '../common/useQuestion';
import { useRovingFocus } from '../common/useRovingFocus';
import { hrefTo } from '../paths';
import { toWeeks, type Day } from './weeks';
import { t } from '../../i18n/t';

const DAYS = 91;

/** Three months of days: how many runs each had, and how many of them failed; a click shows that day's runs. */
export function DayCalendar({ job }: { job: string }) {
  const styles = useStyles2(getStyles);
  const { timeZone, refresh } = useJobHistory();
  // eslint-disable-next-line react-hooks/exhaustive-deps -- a refresh may come after midnight
  const range = useMemo(() => lastDays(DAYS, timeZone), [timeZone, refresh]);
  const answer = useQuestion({ question: 'calendar' }, ([frame]) => readDays(frame), { range });
  const days = answer.data ?? [];
  const weeks = toWeeks(days);
  const roving = useRovingFocus(days.length);
  return (
    <Section
      title={t('job.dayCalendar.days', 'Days')}
      note={t('job.dayCalendar.the-last-13-weeks', 'the last 13 weeks')}
      loading={answer.loading}
      error={answer.error}
    >
      <div className={styles.scroll}>
        <div
          role="list"
          aria-label={t('job.dayCalendar.days', 'Days')}
          className={styles.weeks}
          onKeyDown={roving.onKeyDown}
        >
          {weeks.map((week, index) => (
            <div key={index} role="presentation" className={styles.week}>
              <span className={styles.month} aria-hidden>
                {week.monthStart === undefined ? '' : dateTimeFormat(week.monthStart, { timeZone, format: 'MMM' })}
              </span>
              {week.days.map((day, weekday) =>
                day === undefined ? (
                  <span key={weekday} className={styles.day} />
                ) : (
                  <span key={weekday} role="listitem" className={styles.cell}>
                    <a
                      {...roving.itemProps(days.indexOf(day))}
                      href={hrefTo('job', { job, from: day.start, to: day.end }, 'runs')}
                      className={cx(styles.day, styles[lookOf(day)])}
                      title={wordsOf(day)}
                      aria-label={wordsOf(day)}
                    >
                      {day.failures > 0 ? formatCount(day.failures) : ''}
                    </a>
                  </span>
                )
              )}
            </div>
          ))}
        </div>
      </div>
      <p className={styles.legend}>
        <span className={cx(styles.swatch, styles.good)} /> {t('job.dayCalendar.all-succeeded', 'all succeeded')}
        <span className={cx(styles.swatch, styles.some)} /> {t('job.dayCalendar.some-failed', 'some failed')}
        <span className={cx(styles.swatch, styles.bad)} />{' '}
        {t('job.dayCalendar.half-or-more-failed', 'half or more failed')}
        <span className={cx(styles.swatch, styles.none)} /> {t('job.dayCalendar.no-run', 'no run')}
        <span>{t('job.dayCalendar.the-number-counts-failures', 'the number counts failures')}</span>
      </p>
    </Section>
  );
}

function readDays(frame: DataFrame | undefined): Day[] {
  return readRows(frame).map((row) => ({
    date: toText(row('date')) ?? '',
    start: toNumber(row('start')) ?? 0,
    end: toNumber(row('end')) ?? 0,
    runs: toNumber(row('runs')) ?? 0,
    succeeded: toNumber(row('succeeded')) ?? 0,
    failures: toNumber(row('failures')) ?? 0,
    missed: toNumber(row('missed')) ?? 0,
    total: toNumber(row('total')) ?? 0,
  }));
}

function lookOf({ runs, succeeded, failures }: Day): 'none' | 'good' | 'some' | 'bad' | 'open' {
  if (runs === 0) {
    return 'none';
  }
  if (failures === 0) {
    return succeeded > 0 ? 'good' : 'open';
  }
  return failures >= succeeded ? 'bad' : 'some';
}

function wordsOf({ date, runs, failures, missed, total }: Day): string {
  const parts = [
    plural(runs, 'run'),
    failures > 0 ? t('job.dayCalendar.failed', '{{failures}} failed', { failures: formatCount(failures) }) : undefined,
    missed > 0 ? t('job.dayCalendar.missed', '{{missed}} missed', { missed: formatCount(missed) }) : undefined,
    total > 0 ? t('job.dayCalendar.in-all', '{{total}} in all', { total: formatDuration(total) }) : undefined,
  ];
  return `${date}: ${parts.filter(Boolean).join(', ')}`;
}

const SIZE = 20;

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflowX: 'auto' }),
  weeks: css({ display: 'inline-flex', gap: 3 }),
  week: css({ display: 'flex', flexDirection: 'column', gap: 3, width: SIZE }),
  month: css({
    height: 16,
    overflow: 'visible',
    whiteSpace: 'nowrap',
    fontSize: 11,
    color: theme.colors.text.secondary,
  }),
  cell: css({ display: 'flex' }),
  day: css({
    display: 'block',
    width: SIZE,
    height: SIZE,
    borderRadius: 3,
    fontSize: 11,
    lineHeight: `${SIZE}px`,
    textAlign: 'center',
    overflow: 'hidden',
    color: theme.colors.text.primary,
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.text}`, outlineOffset: 1 },
    'a&:hover': { outline: `1px solid ${theme.colors.text.primary}` },
  }),
  none: css({ boxShadow: `inset 0 0 0 1px ${theme.colors.border.weak}` }),
  good: css({ background: colorManipulator.alpha(toneFill(theme, 'success'), 0.7) }),
  open: css({ background: colorManipulator.alpha(toneFill(theme, 'primary'), 0.5) }),
  some: css({
    background: colorManipulator.alpha(toneFill(theme, 'error'), 0.25),
    boxShadow: `inset 0 0 0 1px ${toneFill(theme, 'error')}`,
  }),
  bad: css({ background: toneFill(theme, 'error'), color: theme.colors.error.contrastText }),
  legend: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    margin: theme.spacing(1, 0, 0),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  swatch: css({
    width: 12,
    height: 12,
    borderRadius: 2,
    marginLeft: theme.spacing(1),
    '&:first-child': { marginLeft: 0 },
  }),
});
