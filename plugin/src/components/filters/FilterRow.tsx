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

export function FilterRow({ counts }: { counts: ReadonlyMap<Status, number> }) {
  const styles = useStyles2(getStyles);
  const { location } = useJobHistory();
  const { state, update } = location;
  const optionsOf = useValueOptions();
  const tagOptions = useTagOptions();

  return (
    <div className={styles.row} role="search" aria-label="Filter the runs">
      <div className={styles.search}>
        <SearchInput
          label="Search job, run, user and message"
          placeholder="Job, run, user, message"
          value={state.search}
          onSearch={(search) => update({ search }, { replace: true })}
        />
      </div>
      <div className={styles.pickers}>
        {state.job !== undefined && (
          <ValuePicker label="Job" value={state.job} onChange={(job) => update({ job })} options={optionsOf('job')} />
        )}
        <ValuePicker
          label="Type"
          value={state.type}
          onChange={(type) => update({ type })}
          options={optionsOf('type')}
        />
        <ValuePicker
          label="User"
          value={state.user}
          onChange={(user) => update({ user })}
          options={optionsOf('user')}
        />
        <ValuePicker
          label="Connection"
          value={state.connection}
          onChange={(connection) => update({ connection })}
          options={optionsOf('connection')}
        />
        <ValuePicker label="Tag" value={state.tag} onChange={(tag) => update({ tag })} options={tagOptions} />
      </div>
      {state.fingerprint !== undefined && (
        <RemovableFilter
          label="one kind of failure"
          title={`Runs that failed alike: ${state.fingerprint}`}
          onRemove={() => update({ fingerprint: undefined })}
        />
      )}
      <StatusChips counts={counts} />
      {hasFilters(state) && (
        <Button variant="secondary" fill="text" size="sm" icon="times" onClick={() => update(NO_FILTERS)}>
          Clear filters
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
