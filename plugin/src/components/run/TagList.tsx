import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { StateLink } from '../common/StateLink';
import { toText } from '../model/narrow';
import { NO_FILTERS, NO_RUN } from '../model/urlState';
import { t } from '../../i18n/t';

/** Tags, each a link to the runs that have it too, and which run called this one. */
export function TagList({ run }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  const tags = Object.entries(run.tags);
  const caller = run.called_by ?? run.parent;
  const callerName = caller && [toText(caller.job), toText(caller.run)].filter(Boolean).join(' #');
  if (tags.length === 0 && !callerName) {
    return null;
  }
  return (
    <p className={styles.list}>
      {tags.map(([name, value]) => (
        <StateLink
          key={name}
          to={{ ...NO_RUN, ...NO_FILTERS, tag: `${name}=${value}` }}
          className={styles.tag}
          title={t('run.tagList.all-runs-with-this', 'All runs with this tag')}
        >
          {name} <b>{value}</b>
        </StateLink>
      ))}
      {callerName && (
        <span>
          {t('run.tagList.called-by', 'called by')}{' '}
          <StateLink
            to={{ ...NO_RUN, ...NO_FILTERS, search: toText(caller.run) ?? callerName }}
            className={styles.link}
          >
            {callerName}
          </StateLink>
        </span>
      )}
    </p>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 1.5),
    margin: theme.spacing(1, 0, 0),
    color: theme.colors.text.secondary,
  }),
  tag: css({
    overflowWrap: 'anywhere',
    '&:hover': { textDecoration: 'underline' },
    '& b': { color: theme.colors.text.primary, fontWeight: theme.typography.fontWeightMedium },
  }),
  link: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
});
