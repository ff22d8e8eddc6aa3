import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import { useJobHistory } from '../JobHistoryContext';
import { hasFilters } from '../model/filters';
import { NO_FILTERS } from '../model/urlState';
import { FirstRunHelp } from './FirstRunHelp';
import { t } from '../../i18n/t';

const MONTHS_BACK = 13;

/** What to do when the list is empty: loosen the filters, look further back, or send a first run. */
export function NoRuns() {
  const styles = useStyles2(getStyles);
  const { location, range, onChangeTimeRange } = useJobHistory();
  if (hasFilters(location.state)) {
    return (
      <div className={styles.box}>
        <p>{t('runs.noRuns.no-run-in-this', 'No run in this time range matches the filters.')}</p>
        <Button variant="secondary" icon="times" onClick={() => location.update(NO_FILTERS)}>
          {t('runs.noRuns.clear-filters', 'Clear filters')}
        </Button>
      </div>
    );
  }
  const lookBack = () => {
    const to = range.to.valueOf();
    onChangeTimeRange({ from: to - MONTHS_BACK * 30 * 86_400_000, to });
  };
  return (
    <div className={styles.box}>
      <p>{t('runs.noRuns.no-runs-in-this', 'No runs in this time range.')}</p>
      <Button variant="secondary" icon="search-minus" onClick={lookBack}>
        {t('runs.noRuns.look-back-over-months', 'Look back over {{monthsBack}} months', { monthsBack: MONTHS_BACK })}
      </Button>
      <FirstRunHelp />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(4, 2),
    '& p': { margin: 0, color: theme.colors.text.secondary },
  }),
});
