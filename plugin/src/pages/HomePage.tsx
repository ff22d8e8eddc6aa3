import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { PluginPage } from '@grafana/runtime';
import { LinkButton, Stack, TextLink, useStyles2 } from '@grafana/ui';

/** What the plugin brings, and where to set it up; the app's own pages are still to come. */
export function HomePage() {
  const styles = useStyles2(getStyles);
  return (
    <PluginPage subTitle="What every job did: runs, rates, durations, and the failing line.">
      <div className={styles.page}>
        <p>Joblens brings a data source and a panel. Its own pages are not part of this version yet.</p>
        <dl>
          <dt>Joblens data source</dt>
          <dd>
            Asks a Joblens service for runs, rates, durations and logs: dashboards, Explore, annotations and alerts.
          </dd>
          <dt>Job History panel</dt>
          <dd>Counts, success rate and durations above, the run list below; a click opens a run and its log.</dd>
          <dt>Jobs dashboard</dt>
          <dd>
            A first overview of all jobs. Import it under <em>Dashboards</em> on{' '}
            <TextLink href="/plugins/joblens-history-app">the app&apos;s own page</TextLink>.
          </dd>
        </dl>
        <Stack gap={2}>
          <LinkButton href="/connections/datasources/joblens-history-datasource">Add the data source</LinkButton>
          <LinkButton href="/explore" variant="secondary">
            Explore
          </LinkButton>
        </Stack>
      </div>
    </PluginPage>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({
    maxWidth: theme.spacing(90),
    dt: { fontWeight: theme.typography.fontWeightMedium },
    dd: { color: theme.colors.text.secondary, marginBottom: theme.spacing(2) },
  }),
});
