import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import { useJobHistory } from '../JobHistoryContext';
import { hasFilters } from '../model/filters';
import { NO_FILTERS } from '../model/urlState';
import { FirstRunHelp } from './FirstRunHelp';

const MONTHS_BACK = 13;

/** What to do when the list is empty: loosen the filters, look further back, or send a first run. */
export function NoRuns() {
  const styles = useStyles2(getStyles);
  const { location, range, onChangeTimeRange } = useJobHistory();
  if (hasFilters(location.state)) {
    return (
      <div className={styles.box}>
        <p>No run in this time range matches the filters.</p>
        <Button variant="secondary" icon="times" onClick={() => location.update(NO_FILTERS)}>
          Clear filters
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
      <p>No runs in this time range.</p>
      <Button variant="secondary" icon="search-minus" onClick={lookBack}>
        Look back over {MONTHS_BACK} months
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
