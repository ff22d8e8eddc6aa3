import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Badge, TextLink, useStyles2 } from '@grafana/ui';
import { ellipsis } from '../../components/common/styles';
import { useNow } from '../../components/hooks/useNow';
import { useJobHistory } from '../../components/JobHistoryContext';
import { plural } from '../../components/model/numbers';
import { formatAgo, formatExactTime } from '../../components/model/time';
import { Section } from '../common/Section';
import { useQuestion } from '../common/useQuestion';
import { readFailures, whatFailed, type Failure } from '../failures/failures';
import { hrefTo } from '../paths';
import { t } from '../../i18n/t';

const SHOWN = 4;

/** What went wrong last, each with its newest error line: a click opens the run there. */
export function NewestErrors({ className }: { className?: string }) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useJobHistory();
  const now = useNow(30_000);
  const {
    data = [],
    error,
    loading,
  } = useQuestion({ question: 'failures', limit: 100 }, ([frame]) => readFailures(frame));
  const news = data.filter(({ isNew }) => isNew).length;
  const shown = [...data].sort(byNews).slice(0, SHOWN);
  return (
    <Section
      title={t('now.newestErrors.newest-errors', 'Newest errors')}
      note={
        data.length > 0
          ? t('now.newestErrors.new', '{{n}}, {{news}} new', { n: plural(data.length, 'kind'), news })
          : undefined
      }
      loading={loading}
      error={error}
      className={className}
      actions={data.length > SHOWN && <TextLink href={hrefTo('failures')}>{t('now.newestErrors.all', 'all')}</TextLink>}
    >
      <ul className={styles.list}>
        {shown.map((failure) => {
          const { fingerprint, isNew, errorType, count, firstSeen, lastSeen, last } = failure;
          return (
            <li key={fingerprint} className={styles.item}>
              <span className={styles.head}>
                {isNew && <Badge text={t('now.newestErrors.new-2', 'new')} color="red" />}
                <span className={styles.type}>{errorType ?? t('now.newestErrors.no-error-type', 'No error type')}</span>
                <a href={hrefTo('history', { status: 'failed,timed_out', fingerprint })} className={styles.count}>
                  {plural(count, 'run')}
                </a>
              </span>
              <a
                href={hrefTo('run', last)}
                className={styles.line}
                title={t('now.newestErrors.the-newest-run-of', 'The newest run, of {{job}}, at this line', {
                  job: last.job,
                })}
              >
                {whatFailed(failure)}
              </a>
              <span className={styles.quiet}>
                {t('now.newestErrors.last', 'last')}{' '}
                <time title={formatExactTime(lastSeen, timeZone)}>{formatAgo(lastSeen, now)}</time>
                {t('now.newestErrors.first', ', first')}{' '}
                <time title={formatExactTime(firstSeen, timeZone)}>{formatAgo(firstSeen, now)}</time>
              </span>
            </li>
          );
        })}
      </ul>
      {!loading && !error && data.length === 0 && (
        <p className={styles.quiet}>{t('now.newestErrors.no-run-failed-in', 'No run failed in this time range.')}</p>
      )}
    </Section>
  );
}

/** New kinds first, then what was seen last. */
function byNews(a: Failure, b: Failure): number {
  return Number(b.isNew) - Number(a.isNew) || b.lastSeen - a.lastSeen;
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', margin: 0, padding: 0 }),
  item: css({
    padding: theme.spacing(0.5, 0),
    borderTop: `1px solid ${theme.colors.border.weak}`,
    '& a:hover': { textDecoration: 'underline' },
  }),
  head: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
  type: css({ ...ellipsis, fontWeight: theme.typography.fontWeightMedium }),
  count: css({ marginLeft: 'auto', color: theme.colors.text.link, whiteSpace: 'nowrap' }),
  line: css({
    ...ellipsis,
    display: 'block',
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  quiet: css({ margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
});
