import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Checkbox, useStyles2 } from '@grafana/ui';
import { SearchInput } from '../../components/filters/SearchInput';
import { useNow } from '../../components/hooks/useNow';
import { plural } from '../../components/model/numbers';
import { Section } from '../common/Section';
import { useParam } from '../common/useParam';
import { useQuestion } from '../common/useQuestion';
import { FailureItem } from './FailureItem';
import { readFailures } from './failures';
import { t } from '../../i18n/t';

const MOST = 200;

/** The ways in which runs failed, the most frequent first. */
export function FailureList({ showJobs = true }: { showJobs?: boolean }) {
  const styles = useStyles2(getStyles);
  const now = useNow(30_000);
  const [search, setSearch] = useParam('q');
  const [onlyNew, setOnlyNew] = useParam('new');
  const { data, error, loading } = useQuestion(
    { question: 'failures', limit: MOST, search: search || undefined },
    ([frame]) => readFailures(frame)
  );
  const all = data ?? [];
  const shown = onlyNew ? all.filter(({ isNew }) => isNew) : all;
  const news = all.filter(({ isNew }) => isNew).length;
  return (
    <Section
      title={t('failures.failureList.failures-by-error', 'Failures by error')}
      note={data && t('failures.failureList.new', '{{n}}, {{news}} new', { n: plural(all.length, 'kind'), news })}
      loading={loading}
      error={error}
      actions={
        <>
          <div className={styles.search}>
            <SearchInput
              label={t('failures.failureList.search-the-failures', 'Search the failures')}
              placeholder={t('failures.failureList.error-message-job', 'Error, message, job')}
              value={search}
              onSearch={(text) => setSearch(text, { replace: true })}
            />
          </div>
          <Checkbox
            id="failures-new"
            label={t('failures.failureList.only-new', 'Only new')}
            value={onlyNew !== ''}
            onChange={(event) => setOnlyNew(event.currentTarget.checked ? '1' : undefined)}
          />
        </>
      }
    >
      <ul className={styles.list}>
        {shown.map((failure) => (
          <FailureItem key={failure.fingerprint} failure={failure} now={now} showJobs={showJobs} />
        ))}
      </ul>
      {data && shown.length === 0 && (
        <p className={styles.quiet}>
          {search || onlyNew
            ? t('failures.failureList.no-failure-in-this', 'No failure in this time range matches.')
            : t('failures.failureList.no-run-failed-in', 'No run failed in this time range.')}
        </p>
      )}
    </Section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  search: css({ width: 220 }),
  list: css({ listStyle: 'none', margin: 0, padding: 0 }),
  quiet: css({ margin: 0, color: theme.colors.text.secondary }),
});
