import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../../components/client/answers';
import { Card } from '../../components/common/Card';
import { ErrorMessage } from '../../components/common/ErrorMessage';
import { RunLink } from '../../components/common/RunLink';
import { StateLink } from '../../components/common/StateLink';
import { ellipsis } from '../../components/common/styles';
import type { Answer } from '../../components/hooks/useAnswer';
import { useJobHistory } from '../../components/JobHistoryContext';
import { stripAnsi } from '../../components/model/ansi';
import { durationDelta } from '../../components/model/delta';
import { formatDuration } from '../../components/model/duration';
import { formatCount, plural } from '../../components/model/numbers';
import { formatTime } from '../../components/model/time';
import type { Comparison, NewLine } from './comparison';
import { t } from '../../i18n/t';

const SHOWN = 4;
const MAX_TEXT = 300;

/** What is different from the last time that it went well. */
export function CompareCard({ run, comparison }: { run: RunAnswer; comparison: Answer<Comparison | undefined> }) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useJobHistory();
  const { data, error } = comparison;
  if (run.last_success === null || (!data && !error && !comparison.loading)) {
    return (
      <Card title={t('run.compareCard.compared-with-the-last', 'Compared with the last success')}>
        <p className={styles.quiet}>
          {t('run.compareCard.there-was-no-success', 'There was no success before this run.')}
        </p>
      </Card>
    );
  }
  return (
    <Card
      title={t('run.compareCard.compared-with-the-last', 'Compared with the last success')}
      note={data?.other.at && <RunLink run={data.other.key}>{formatTime(data.other.at, timeZone)}</RunLink>}
    >
      {error && <ErrorMessage error={error} />}
      {!data && !error && <p className={styles.quiet}>{t('run.compareCard.comparing', 'Comparing…')}</p>}
      {data && <Differences comparison={data} />}
    </Card>
  );
}

function Differences({ comparison }: { comparison: Comparison }) {
  const styles = useStyles2(getStyles);
  const { other, duration, lines, fresh, shown } = comparison;
  const change = durationDelta(duration, other.duration);
  return (
    <>
      <p className={styles.facts}>
        <b>{formatDuration(duration)}</b>{' '}
        {t('run.compareCard.against', 'against {{duration}}', { duration: formatDuration(other.duration) })}
        {change && ` (${change.text})`}{' '}
        {t('run.compareCard.against-2', '· {{lines}} against {{lines2}} ·', {
          lines: plural(lines, 'line'),
          lines2: formatCount(other.lines),
        })}{' '}
        {fresh.count === 0 ? (
          t('run.compareCard.no-new-line', 'no new line')
        ) : (
          <StateLink to={{ tab: 'log', levels: ['new'], find: '' }} className={styles.link}>
            {plural(fresh.count, 'new line')}
          </StateLink>
        )}
      </p>
      {firstOf(shown, fresh.first).map((line) => (
        <StateLink
          key={line.n}
          to={{ tab: 'log', line: line.n, levels: [], find: '' }}
          className={styles.line}
          title={t('run.compareCard.show-it-in-the', 'Show it in the log')}
        >
          <span className={styles.number}>{t('run.compareCard.line', 'line {{n}}', { n: formatCount(line.n) })}</span>{' '}
          {stripAnsi(line.text.slice(0, MAX_TEXT))}
        </StateLink>
      ))}
    </>
  );
}

/** The few lines to look at, from the one that matters on. */
function firstOf(lines: NewLine[], first: number | undefined): NewLine[] {
  const from = lines.findIndex(({ n }) => n === first);
  return lines.slice(Math.max(0, from), Math.max(0, from) + SHOWN);
}

const getStyles = (theme: GrafanaTheme2) => ({
  quiet: css({ margin: 0, color: theme.colors.text.secondary }),
  facts: css({ margin: theme.spacing(0, 0, 0.75), color: theme.colors.text.secondary }),
  link: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
  line: css({
    ...ellipsis,
    display: 'block',
    padding: theme.spacing(0.25, 1),
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    '&:hover': { background: theme.colors.action.hover },
  }),
  number: css({ color: theme.colors.text.link }),
});
