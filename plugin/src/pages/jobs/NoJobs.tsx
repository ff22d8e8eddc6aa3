import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { TextLink, useStyles2 } from '@grafana/ui';
import { useLocation } from 'react-router-dom';
import { hrefTo } from '../paths';

const FILTERS = ['q', 'type', 'owner', 'tag', 'state'];

export function NoJobs() {
  const styles = useStyles2(getStyles);
  const params = new URLSearchParams(useLocation().search);
  return (
    <p className={styles}>
      {FILTERS.some((name) => params.has(name)) ? (
        'No job matches the filters.'
      ) : (
        <>
          No job is known yet. One shows up with its first run: the{' '}
          <TextLink href={hrefTo('history')}>job history</TextLink> says how to send it.
        </>
      )}
    </p>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({ margin: 0, padding: theme.spacing(4, 2), textAlign: 'center', color: theme.colors.text.secondary });
