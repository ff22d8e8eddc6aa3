import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Badge, useStyles2 } from '@grafana/ui';
import type { JobAnswer } from '../../../components/client/answers';
import { Facts } from '../../../components/common/Facts';
import { useNow } from '../../../components/hooks/useNow';
import { useJobHistory } from '../../../components/JobHistoryContext';
import { toNumber, toText } from '../../../components/model/narrow';
import { formatExactTime, formatTime, formatUntil, toMs } from '../../../components/model/time';
import { Section } from '../../common/Section';
import { t } from '../../../i18n/t';

interface Props {
  job: JobAnswer;
  /** What is usual of it, in words; empty while too little is known. */
  usual: string | undefined;
}

/** When the job is expected, in words and as it is written, and what comes of it when it does not keep to that. */
export function ExpectedSection({ job, usual }: Props) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useJobHistory();
  const { schedule, timezone, config } = job;
  const paused = config.paused === true;
  return (
    <Section title={t('schedule.expectedSection.when-it-is-expected', 'When it is expected')}>
      <Facts
        look="list"
        facts={[
          [
            t('schedule.expectedSection.schedule', 'Schedule'),
            schedule ? (
              <span className={styles.schedule}>
                {job.schedule_words ??
                  t('schedule.expectedSection.it-can-t-be', 'It can’t be read: nothing is expected')}
                <code>
                  {schedule}
                  {timezone && ` ${timezone}`}
                </code>
                {paused && (
                  <Badge
                    text={t('schedule.expectedSection.paused', 'paused')}
                    color="orange"
                    tooltip={t(
                      'schedule.expectedSection.nothing-is-expected-while',
                      'Nothing is expected while it is paused'
                    )}
                  />
                )}
              </span>
            ) : (
              t('schedule.expectedSection.none-nothing-is-expected', 'None: nothing is expected of it')
            ),
          ],
          [
            t('schedule.expectedSection.next-runs', 'Next runs'),
            job.next_expected.length > 0 ? <NextRuns times={job.next_expected} /> : undefined,
          ],
          [
            t('schedule.expectedSection.grace', 'Grace'),
            schedule &&
              (words(job.grace) ??
                t('schedule.expectedSection.5-min-unless-its', '5 min, unless its config says otherwise')),
          ],
          [
            t('schedule.expectedSection.longest-run', 'Longest run'),
            words(job.max_runtime) ?? t('schedule.expectedSection.no-limit', 'no limit'),
          ],
          [
            t('schedule.expectedSection.from-its-history', 'From its history'),
            usual ?? t('schedule.expectedSection.not-known-yet-it', 'not known yet: it takes five runs'),
          ],
          [t('schedule.expectedSection.holds-since', 'Holds since'), sinceOf(config.created_at, timeZone)],
          [
            t('schedule.expectedSection.alerts-by-usual', 'Alerts by usual'),
            alertsByUsual(job, config.alert_on_usual === true),
          ],
        ]}
      />
    </Section>
  );
}

function NextRuns({ times }: { times: string[] }) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useJobHistory();
  const now = useNow(30_000);
  return (
    <ol className={styles.times}>
      {times.map(Date.parse).map((at) => (
        <li key={at} title={formatExactTime(at, timeZone)}>
          {formatTime(at, timeZone)} <span className={styles.quiet}>{formatUntil(at, now)}</span>
        </li>
      ))}
    </ol>
  );
}

/** A duration as it was written; a bare number is seconds. */
function words(duration: string | number | null): string | undefined {
  return duration === null || duration === ''
    ? undefined
    : /^\d+$/.test(String(duration))
      ? `${duration} s`
      : `${duration}`;
}

function sinceOf(at: unknown, timeZone: string): string | undefined {
  const ms = toNumber(at) ?? toMs(toText(at));
  return ms === undefined ? undefined : formatTime(ms, timeZone);
}

/** They stand in for a schedule and a limit that nobody set. */
function alertsByUsual({ schedule, max_runtime }: JobAnswer, on: boolean): string | undefined {
  return schedule && max_runtime !== null
    ? undefined
    : on
      ? t(
          'schedule.expectedSection.on-late-by-one',
          'on: late by one and a half of its usual interval, too long by three times its usual duration'
        )
      : t('schedule.expectedSection.off-alert-on-usual', 'off (alert_on_usual in its config)');
}

const getStyles = (theme: GrafanaTheme2) => ({
  schedule: css({ display: 'inline-flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(0.5, 1.5) }),
  times: css({ listStyle: 'none', margin: 0, padding: 0, fontVariantNumeric: 'tabular-nums' }),
  quiet: css({ color: theme.colors.text.secondary }),
});
