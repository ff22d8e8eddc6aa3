import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { Button, useStyles2 } from '@grafana/ui';
import { useNow } from '../../components/hooks/useNow';
import { useJobHistory } from '../../components/JobHistoryContext';
import { formatTime } from '../../components/model/time';
import { t } from '../../i18n/t';
import { comparableDays } from './history';

/** Says that the time before is not known as a whole, and leads to the longest range of days that has one. */
export function ShortHistory({ oldest }: { oldest: number }) {
  const styles = useStyles2(getStyles);
  const { range, timeZone } = useJobHistory();
  const [from, to] = [range.from.valueOf(), range.to.valueOf()];
  const days = comparableDays(oldest, useNow(undefined));
  return (
    <div className={styles}>
      <span>
        {t(
          'trends.shortHistory.not-enough-history',
          'Not enough history: this compares with {{from}} to {{to}}, and the first run is of {{oldest}}.',
          {
            from: formatTime(2 * from - to, timeZone),
            to: formatTime(from, timeZone),
            oldest: formatTime(oldest, timeZone),
          }
        )}
      </span>
      {days > 0 && (
        <Button
          size="sm"
          variant="secondary"
          icon="clock-nine"
          onClick={() => locationService.partial({ from: `now-${days}d`, to: 'now' })}
        >
          {days === 1
            ? t('trends.shortHistory.compare-the-last-day', 'Compare the last day with the one before')
            : t('trends.shortHistory.compare-the-last-days', 'Compare the last {{days}} days with those before', {
                days,
              })}
        </Button>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1.5),
    color: theme.colors.text.secondary,
    '@media print': { '& button': { display: 'none' } },
  });
