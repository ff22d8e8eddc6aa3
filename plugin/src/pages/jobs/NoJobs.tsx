import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { TextLink, useStyles2 } from '@grafana/ui';
import { useLocation } from 'react-router-dom';
import { hrefTo } from '../paths';
import { t } from '../../i18n/t';

const FILTERS = ['q', 'type', 'owner', 'tag', 'state'];

export function NoJobs() {
  const styles = useStyles2(getStyles);
  const params = new URLSearchParams(useLocation().search);
  return (
    <p className={styles}>
      {FILTERS.some((name) => params.has(name)) ? (
        t('jobs.noJobs.no-job-matches-the', 'No job matches the filters.')
      ) : (
        <>
          {t('jobs.noJobs.no-job-is-known', 'No job is known yet. One shows up with its first run: the')}{' '}
          <TextLink href={hrefTo('history')}>{t('jobs.noJobs.job-history', 'job history')}</TextLink>{' '}
          {t('jobs.noJobs.says-how-to-send', 'says how to send it.')}
        </>
      )}
    </p>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({ margin: 0, padding: theme.spacing(4, 2), textAlign: 'center', color: theme.colors.text.secondary });
