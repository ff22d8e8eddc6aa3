import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import { plural } from '../../components/model/numbers';
import { useChoice, useParam } from '../common/useParam';
import { getJobListStyles } from './jobListStyles';
import { isDescendingAtFirst, SORTS, type Sort } from './jobsState';
import { t } from '../../i18n/t';

/** Names over the columns; most of them sort by a click, the other way round by another. */
export function JobListHeader({ total }: { total: number | undefined }) {
  const styles = useStyles2(getJobListStyles);
  const sort = useSort();
  const column = (className: string, name: Sort, label: string) => (
    <span role="columnheader" className={className} aria-sort={sort.ariaSort(name)}>
      <SortButton label={label} direction={sort.direction(name)} onClick={() => sort.by(name)} />
    </span>
  );
  return (
    <div role="row" className={styles.header} aria-rowindex={1}>
      <span role="columnheader" className={styles.headOnly}>
        <SortButton
          label=""
          title={t('jobs.jobListHeader.most-failures-first', 'Most failures first')}
          direction={sort.direction('failures')}
          onClick={() => sort.by('failures')}
        />
      </span>
      {column(styles.job, 'job', total === undefined ? t('jobs.jobListHeader.job', 'Job') : plural(total, 'job'))}
      {column(styles.strip, 'last_at', t('jobs.jobListHeader.last-30-runs', 'Last 30 runs'))}
      {column(styles.rate, 'success_rate', t('jobs.jobListHeader.success', 'Success'))}
      {column(styles.p50, 'p50', 'p50')}
      {column(styles.p95, 'p95', 'p95')}
      {column(styles.runs, 'runs', t('jobs.jobListHeader.runs', 'Runs'))}
      {column(styles.next, 'next_at', t('jobs.jobListHeader.next-expected', 'Next expected'))}
      <span role="columnheader" className={styles.trend}>
        {t('jobs.jobListHeader.duration', 'Duration')}
      </span>
      {column(styles.owner, 'owner', t('jobs.jobListHeader.owner', 'Owner'))}
    </div>
  );
}

function useSort() {
  const [sort, setSort] = useChoice('sort', SORTS);
  const [reversed, setReversed] = useParam('reversed');
  const descending = isDescendingAtFirst(sort) !== (reversed !== '');
  return {
    direction: (name: Sort) => (name === sort ? (descending ? ('down' as const) : ('up' as const)) : undefined),
    ariaSort: (name: Sort) =>
      name === sort ? (descending ? ('descending' as const) : ('ascending' as const)) : undefined,
    by: (name: Sort) => {
      if (name === sort) {
        setReversed(reversed ? undefined : '1');
      } else {
        setReversed(undefined, { replace: true });
        setSort(name);
      }
    },
  };
}

interface SortButtonProps {
  label: string;
  title?: string;
  direction: 'up' | 'down' | undefined;
  onClick(): void;
}

function SortButton({ label, title, direction, onClick }: SortButtonProps) {
  const styles = useStyles2(getStyles);
  return (
    <button type="button" className={styles} onClick={onClick} aria-label={title} title={title}>
      {label}
      {label === '' && !direction && <Icon name="exclamation-circle" size="sm" aria-hidden />}
      {direction && <Icon name={direction === 'down' ? 'arrow-down' : 'arrow-up'} size="sm" aria-hidden />}
    </button>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.25),
    padding: 0,
    border: 'none',
    background: 'none',
    color: 'inherit',
    font: 'inherit',
    '&:hover': { color: theme.colors.text.primary },
  });
