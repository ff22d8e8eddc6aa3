import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { LoadingPlaceholder, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { ErrorMessage } from '../common/ErrorMessage';
import { SearchInput } from '../filters/SearchInput';
import { useJobHistory } from '../JobHistoryContext';
import { formatCount, plural } from '../model/numbers';
import { RECORD_GROUPS, type RecordGroup } from '../model/recordGroups';
import { RecordDownload } from './RecordDownload';
import { RecordList } from './RecordList';
import { useRecords, type RecordQuery } from './useRecords';

/** The items that a run handled one by one: of all, or of one phase and outcome; searchable, and to take away. */
export function RecordsView({ run }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  const { state, update } = useJobHistory().location;
  const group = RECORD_GROUPS.find(({ phase, outcome }) => phase === state.phase && outcome === state.outcome);
  const query: RecordQuery = { key: run.key, phase: group?.phase, outcome: group?.outcome, q: state.recordSearch };
  const list = useRecords(query);

  return (
    <section aria-label="Records" className={styles.view}>
      <div className={styles.toolbar}>
        <RadioButtonGroup
          aria-label="Kind of records"
          size="sm"
          value={group?.name ?? 'all'}
          options={[
            { value: 'all', label: `All ${formatCount(storedOf(run))}` },
            ...RECORD_GROUPS.map((each) => ({
              value: each.name,
              label: `${each.name} ${formatCount(storedOf(run, each))}`,
            })),
          ]}
          onChange={(name) => {
            const chosen = RECORD_GROUPS.find((group) => group.name === name);
            update({ phase: chosen?.phase, outcome: chosen?.outcome });
          }}
        />
        <div className={styles.search}>
          <SearchInput
            label="Search the records"
            placeholder="Key, message, data"
            value={state.recordSearch}
            onSearch={(recordSearch) => update({ recordSearch }, { replace: true })}
          />
        </div>
        <span className={styles.found} aria-live="polite">
          {state.recordSearch && !list.loading && foundWords(list.records.length, list.next !== undefined)}
        </span>
        <RecordDownload run={run} group={group} query={query} />
      </div>
      {list.error && <ErrorMessage error={list.error} onRetry={list.next === undefined ? undefined : list.loadMore} />}
      {list.records.length > 0 && (
        <RecordList
          key={JSON.stringify(query)}
          records={list.records}
          find={state.recordSearch}
          onEnd={list.error ? undefined : list.loadMore}
        />
      )}
      {list.loading && list.records.length === 0 && <LoadingPlaceholder text="Loading records" />}
      {!list.loading && !list.error && list.records.length === 0 && (
        <p className={styles.empty}>{emptyWords(run, group, state.recordSearch)}</p>
      )}
    </section>
  );
}

/** How many records are there to be listed. */
function storedOf(run: RunAnswer, group?: RecordGroup): number {
  return (group ? [group] : RECORD_GROUPS).reduce((sum, { phase, outcome }) => sum + run.records[phase][outcome], 0);
}

function foundWords(count: number, more: boolean): string {
  return more ? `more than ${formatCount(count)} found` : `${formatCount(count)} found`;
}

function emptyWords(run: RunAnswer, group: RecordGroup | undefined, search: string): string {
  if (search) {
    return `No record holds “${search}”.`;
  }
  const counted = (group ? [group] : RECORD_GROUPS).reduce(
    (sum, { phase, outcome }) => sum + run.counts[phase][outcome],
    0
  );
  const ofThese = group ? ` of this kind` : '';
  return counted > 0
    ? `The run reported ${plural(counted, 'record')}${ofThese}, but did not send them. POST /v1/records takes them.`
    : `The run sent no records${ofThese}.`;
}

const getStyles = (theme: GrafanaTheme2) => ({
  view: css({ flex: 1, display: 'flex', flexDirection: 'column', gap: theme.spacing(1), minHeight: 0 }),
  toolbar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  search: css({ flex: '1 1 140px', maxWidth: 240 }),
  found: css({ color: theme.colors.text.secondary }),
  empty: css({ color: theme.colors.text.secondary, margin: 0 }),
});
