import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, FilterInput, LoadingPlaceholder, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { ErrorMessage } from '../common/ErrorMessage';
import { useDebounced } from '../hooks/useDebounced';
import { useJobHistory } from '../JobHistoryContext';
import { formatCount } from '../model/numbers';
import { RECORD_GROUPS } from '../model/recordGroups';
import { RecordTable } from './RecordTable';
import { useRecords } from './useRecords';

/** The items that a run handled one by one, by phase and outcome, searchable. */
export function RecordsView({ run }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  const { state, update } = useJobHistory().location;
  const [search, setSearch] = useDebounced(state.recordSearch, (recordSearch) =>
    update({ recordSearch }, { replace: true })
  );
  const group = RECORD_GROUPS.find(({ phase, outcome }) => phase === state.phase && outcome === state.outcome);
  const list = useRecords({ key: run.key, phase: group?.phase, outcome: group?.outcome, q: state.recordSearch });
  const stored = (name: string) => {
    const { phase, outcome } = RECORD_GROUPS.find((group) => group.name === name) ?? RECORD_GROUPS[0]!;
    return run.records[phase][outcome];
  };

  return (
    <section aria-label="Records" className={styles.view}>
      <div className={styles.toolbar}>
        <RadioButtonGroup
          aria-label="Kind of records"
          value={group?.name ?? 'all'}
          options={[
            { value: 'all', label: 'All' },
            ...RECORD_GROUPS.map(({ name }) => ({ value: name, label: `${name} ${formatCount(stored(name))}` })),
          ]}
          onChange={(name) => {
            const chosen = RECORD_GROUPS.find((group) => group.name === name);
            update({ phase: chosen?.phase, outcome: chosen?.outcome });
          }}
        />
        <div className={styles.search}>
          <FilterInput
            aria-label="Search the records"
            placeholder="Key, message"
            value={search}
            onChange={setSearch}
            escapeRegex={false}
          />
        </div>
      </div>
      {list.error && <ErrorMessage error={list.error} />}
      {list.records.length > 0 && <RecordTable records={list.records} />}
      {list.loading && <LoadingPlaceholder text="Loading records" />}
      {!list.loading && !list.error && list.records.length === 0 && (
        <p className={styles.empty}>{emptyWords(run, state.recordSearch)}</p>
      )}
      {list.next !== undefined && !list.loading && (
        <Button variant="secondary" size="sm" onClick={list.loadMore} className={styles.more}>
          Load more
        </Button>
      )}
    </section>
  );
}

function emptyWords(run: RunAnswer, search: string): string {
  if (search) {
    return `No record holds “${search}”.`;
  }
  const counted = RECORD_GROUPS.some(({ phase, outcome }) => run.counts[phase][outcome] > 0);
  return counted
    ? 'The run reported counts, but sent no records of this kind. Send them to POST /v1/records to see them here.'
    : 'The run sent no records of this kind.';
}

const getStyles = (theme: GrafanaTheme2) => ({
  view: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  toolbar: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) }),
  search: css({ flex: '1 1 180px', maxWidth: 280 }),
  empty: css({ color: theme.colors.text.secondary, margin: 0 }),
  more: css({ alignSelf: 'start' }),
});
