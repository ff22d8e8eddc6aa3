import { useCallback, useMemo } from 'react';
import type { PanelProps } from '@grafana/data';
import { config } from '@grafana/runtime';
import { LoadingPlaceholder } from '@grafana/ui';
import { ErrorMessage } from '../components/common/ErrorMessage';
import { useHistoryState } from '../components/hooks/useHistoryState';
import { useLatest } from '../components/hooks/useLatest';
import { JobHistory } from '../components/JobHistory';
import { JobHistoryProvider, type JobHistoryScope } from '../components/JobHistoryContext';
import { toRole } from '../components/model/role';
import { DEFAULT_PREFIX, type PanelOptions } from './options';
import { SetupHelp } from './SetupHelp';
import { usePanelClient } from './usePanelClient';
import { t } from '../i18n/t';

/** The panel: turns what Grafana hands it into what the views need, and nothing else. */
export function JobHistoryPanel(props: PanelProps<PanelOptions>) {
  const { data, timeZone, options, width, height, onChangeTimeRange } = props;
  const location = useHistoryState(options.urlPrefix || DEFAULT_PREFIX);
  const { client, error, missing, serviceUrl } = usePanelClient(data);
  // Grafana makes a new function on every render; the charts must not be built anew for that.
  const latestZoom = useLatest(onChangeTimeRange);
  const zoom = useCallback<JobHistoryScope['onChangeTimeRange']>((range) => latestZoom.current(range), [latestZoom]);
  const refresh = data.request?.requestId;
  const range = data.timeRange;
  const role = toRole(config.bootData?.user?.orgRole);
  const scope = useMemo<JobHistoryScope | undefined>(
    () => client && { client, serviceUrl, range, timeZone, refresh, location, role, onChangeTimeRange: zoom },
    [client, serviceUrl, range, timeZone, refresh, location, role, zoom]
  );

  return (
    <div style={{ width, height }}>
      {missing && <SetupHelp />}
      {error && <ErrorMessage error={error} />}
      {!scope && !missing && !error && (
        <LoadingPlaceholder text={t('panel.jobHistoryPanel.loading-joblens', 'Loading Joblens')} />
      )}
      {scope && (
        <JobHistoryProvider value={scope}>
          <JobHistory />
        </JobHistoryProvider>
      )}
    </div>
  );
}
