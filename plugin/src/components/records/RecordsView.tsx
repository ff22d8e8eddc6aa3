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
import { t } from '../../i18n/t';

/** The items that a run handled one by one: of all, or of one phase and outcome; searchable, and to take away. */
export function RecordsView({ run }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  const { state, update } = useJobHistory().location;
  const group = RECORD_GROUPS.find(({ phase, outcome }) => phase === state.phase && outcome === state.outcome);
  const query: RecordQuery = { key: run.key, phase: group?.phase, outcome: group?.outcome, q: state.recordSearch };
  const list = useRecords(query);

  return (
    <section aria-label={t('records.recordsView.records', 'Records')} className={styles.view}>
      <div className={styles.toolbar}>
        <RadioButtonGroup
          aria-label={t('records.recordsView.kind-of-records', 'Kind of records')}
          size="sm"
          value={group?.name ?? 'all'}
          options={[
            { value: 'all', label: t('records.recordsView.all', 'All {{run}}', { run: formatCount(storedOf(run)) }) },
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
            label={t('records.recordsView.search-the-records', 'Search the records')}
            placeholder={t('records.recordsView.key-message-data', 'Key, message, data')}
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
      {list.loading && list.records.length === 0 && (
        <LoadingPlaceholder text={t('records.recordsView.loading-records', 'Loading records')} />
      )}
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
  return more
    ? t('records.recordsView.more-than-found', 'more than {{n}} found', { n: formatCount(count) })
    : t('records.recordsView.found', '{{n}} found', { n: formatCount(count) });
}

function emptyWords(run: RunAnswer, group: RecordGroup | undefined, search: string): string {
  if (search) {
    return t('records.recordsView.no-record-holds', 'No record holds “{{search}}”.', { search });
  }
  const counted = (group ? [group] : RECORD_GROUPS).reduce(
    (sum, { phase, outcome }) => sum + run.counts[phase][outcome],
    0
  );
  const ofThese = group ? t('records.recordsView.of-this-kind', ' of this kind') : '';
  return counted > 0
    ? t(
        'records.recordsView.the-run-reported-but',
        'The run reported {{counted}}{{ofThese}}, but did not send them. POST /v1/records takes them.',
        { counted: plural(counted, 'record'), ofThese }
      )
    : t('records.recordsView.the-run-sent-no', 'The run sent no records{{ofThese}}.', { ofThese });
}

const getStyles = (theme: GrafanaTheme2) => ({
  view: css({ flex: 1, display: 'flex', flexDirection: 'column', gap: theme.spacing(1), minHeight: 0 }),
  toolbar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  search: css({ flex: '1 1 140px', maxWidth: 240 }),
  found: css({ color: theme.colors.text.secondary }),
  empty: css({ color: theme.colors.text.secondary, margin: 0 }),
});
