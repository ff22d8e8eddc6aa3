import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import { NARROW } from '../common/styles';
import { useJobHistory } from '../JobHistoryContext';
import { hasFilters } from '../model/filters';
import type { Status } from '../model/status';
import { NO_FILTERS } from '../model/urlState';
import { RemovableFilter } from './RemovableFilter';
import { SearchInput } from './SearchInput';
import { StatusChips } from './StatusChips';
import { ValuePicker } from './ValuePicker';
import { useTagOptions, useValueOptions } from './useOptions';
import { t } from '../../i18n/t';

export function FilterRow({ counts }: { counts: ReadonlyMap<Status, number> }) {
  const styles = useStyles2(getStyles);
  const { location } = useJobHistory();
  const { state, update } = location;
  const optionsOf = useValueOptions();
  const tagOptions = useTagOptions();

  return (
    <div className={styles.row} role="search" aria-label={t('filters.filterRow.filter-the-runs', 'Filter the runs')}>
      <div className={styles.search}>
        <SearchInput
          label={t('filters.filterRow.search-job-run-user', 'Search job, run, user and message')}
          placeholder={t('filters.filterRow.job-run-user-message', 'Job, run, user, message')}
          value={state.search}
          onSearch={(search) => update({ search }, { replace: true })}
        />
      </div>
      <div className={styles.pickers}>
        {state.job !== undefined && (
          <ValuePicker
            label={t('filters.filterRow.job', 'Job')}
            value={state.job}
            onChange={(job) => update({ job })}
            options={optionsOf('job')}
          />
        )}
        <ValuePicker
          label={t('filters.filterRow.type', 'Type')}
          value={state.type}
          onChange={(type) => update({ type })}
          options={optionsOf('type')}
        />
        <ValuePicker
          label={t('filters.filterRow.user', 'User')}
          value={state.user}
          onChange={(user) => update({ user })}
          options={optionsOf('user')}
        />
        <ValuePicker
          label={t('filters.filterRow.connection', 'Connection')}
          value={state.connection}
          onChange={(connection) => update({ connection })}
          options={optionsOf('connection')}
        />
        <ValuePicker
          label={t('filters.filterRow.tag', 'Tag')}
          value={state.tag}
          onChange={(tag) => update({ tag })}
          options={tagOptions}
        />
      </div>
      {state.fingerprint !== undefined && (
        <RemovableFilter
          label={t('filters.filterRow.one-kind-of-failure', 'one kind of failure')}
          title={t('filters.filterRow.runs-that-failed-alike', 'Runs that failed alike: {{fingerprint}}', {
            fingerprint: state.fingerprint,
          })}
          onRemove={() => update({ fingerprint: undefined })}
        />
      )}
      <StatusChips counts={counts} />
      {hasFilters(state) && (
        <Button variant="secondary" fill="text" size="sm" icon="times" onClick={() => update(NO_FILTERS)}>
          {t('filters.filterRow.clear-filters', 'Clear filters')}
        </Button>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.75, 1),
    padding: theme.spacing(0.75, 1),
    // On a phone the switches scroll sideways instead of filling the screen.
    [NARROW]: { flexWrap: 'nowrap', overflowX: 'auto', scrollbarWidth: 'none', '& > *': { flex: 'none' } },
  }),
  search: css({ flex: '1 1 180px', maxWidth: 240, [NARROW]: { flex: '0 0 200px' } }),
  pickers: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.75),
    [NARROW]: { flexWrap: 'nowrap', order: 1 },
  }),
});
