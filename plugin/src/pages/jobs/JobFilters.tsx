import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Combobox, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { NARROW } from '../../components/common/styles';
import { SearchInput } from '../../components/filters/SearchInput';
import { useTagOptions, useValueOptions } from '../../components/filters/useOptions';
import { ValuePicker } from '../../components/filters/ValuePicker';
import { goTo, hrefTo } from '../paths';
import { useGroupOptions } from '../common/useGroupOptions';
import { useChoice, useParam } from '../common/useParam';
import { stateLabels, STATES } from './jobsState';
import { t } from '../../i18n/t';

const stateOptions = () => STATES.map((value) => ({ value, label: stateLabels()[value] }));

export function JobFilters() {
  const styles = useStyles2(getStyles);
  const [search, setSearch] = useParam('q');
  const [type, setType] = useParam('type');
  const [owner, setOwner] = useParam('owner');
  const [tag, setTag] = useParam('tag');
  const [group, setGroup] = useParam('group');
  const [state, setState] = useChoice('state', STATES);
  const optionsOf = useValueOptions();
  const tagOptions = useTagOptions();
  const groupOptions = useGroupOptions();
  const narrowed = search || type || owner || tag || state !== 'all';

  return (
    <div className={styles.row} role="search" aria-label={t('jobs.jobFilters.filter-the-jobs', 'Filter the jobs')}>
      <div className={styles.search}>
        <SearchInput
          label={t('jobs.jobFilters.search-the-jobs', 'Search the jobs')}
          placeholder={t('jobs.jobFilters.job-type-owner', 'Job, type, owner')}
          value={search}
          onSearch={(text) => setSearch(text, { replace: true })}
        />
      </div>
      <RadioButtonGroup
        aria-label={t('jobs.jobFilters.state', 'State')}
        options={stateOptions()}
        value={state}
        onChange={setState}
      />
      <ValuePicker
        label={t('jobs.jobFilters.type', 'Type')}
        value={type || undefined}
        onChange={setType}
        options={optionsOf('type')}
      />
      <ValuePicker
        label={t('jobs.jobFilters.owner', 'Owner')}
        value={owner || undefined}
        onChange={setOwner}
        options={optionsOf('owner')}
      />
      <ValuePicker
        label={t('jobs.jobFilters.tag', 'Tag')}
        value={tag || undefined}
        onChange={setTag}
        options={tagOptions}
      />
      {narrowed && (
        <Button variant="secondary" fill="text" size="sm" icon="times" onClick={() => goTo(hrefTo('jobs', { group }))}>
          {t('jobs.jobFilters.clear-filters', 'Clear filters')}
        </Button>
      )}
      <div className={styles.group}>
        <label htmlFor="jobs-group">{t('jobs.jobFilters.group-by', 'Group by')}</label>
        <Combobox
          id="jobs-group"
          value={group || ''}
          options={groupOptions}
          onChange={(option) => setGroup(option.value)}
          width="auto"
          minWidth={12}
          maxWidth={24}
        />
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(0.75, 1) }),
  search: css({ flex: '1 1 180px', maxWidth: 260, [NARROW]: { maxWidth: 'none' } }),
  group: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginLeft: 'auto',
    whiteSpace: 'nowrap',
  }),
});
