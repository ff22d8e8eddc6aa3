import { useCallback, useMemo, useState } from 'react';
import { dateTime, type DataQueryRequest } from '@grafana/data';
import { config, getDataSourceSrv } from '@grafana/runtime';
import { sceneGraph, type SceneObject } from '@grafana/scenes';
import { createClient } from '../../components/client/createClient';
import type { ServiceError } from '../../components/client/ServiceError';
import type { Question, RunFilter } from '../../components/client/types';
import type { JobHistoryScope } from '../../components/JobHistoryContext';
import { toRole } from '../../components/model/role';
import { APP_ID } from '../paths';
import { useSource } from './useSource';
import { useAppLocation } from './useAppLocation';
import { useSourceUid } from './useSourceUid';

interface SceneScope {
  scope?: JobHistoryScope;
  error?: ServiceError;
  /** There is no Joblens data source in this Grafana, or none that this person may use. */
  missing?: boolean;
}

/** What the views need, taken from the scene that they stand in. */
export function useSceneScope(model: SceneObject, filters?: RunFilter[]): SceneScope {
  const timeRange = sceneGraph.getTimeRange(model);
  const { value: range } = timeRange.useState();
  const timeZone = timeRange.getTimeZone();
  const refresh = useChangeCount(range);
  const location = useAppLocation();
  const uid = useSourceUid(model);
  const { source, error } = useSource(uid);

  const client = useMemo(
    () => source && createClient(source, templateOf(timeZone), { filters: filters ?? [] }),
    [source, timeZone, filters]
  );
  const onChangeTimeRange = useCallback<JobHistoryScope['onChangeTimeRange']>(
    ({ from, to }) => {
      const [start, end] = [dateTime(from), dateTime(to)];
      timeRange.onTimeRangeChange({ from: start, to: end, raw: { from: start, to: end } });
    },
    [timeRange]
  );
  const serviceUrl = uid && addressOf(uid);
  const role = toRole(config.bootData?.user?.orgRole);
  const scope = useMemo<JobHistoryScope | undefined>(
    () => client && { client, range, timeZone, refresh, location, serviceUrl, role, onChangeTimeRange },
    [client, range, timeZone, refresh, location, serviceUrl, role, onChangeTimeRange]
  );
  return { scope, error, missing: uid === undefined };
}

function templateOf(timezone: string): DataQueryRequest<Question> {
  const now = dateTime();
  return {
    app: APP_ID,
    requestId: APP_ID,
    timezone,
    interval: '1m',
    intervalMs: 60_000,
    range: { from: now, to: now, raw: { from: now, to: now } },
    scopedVars: {},
    targets: [],
    startTime: now.valueOf(),
  };
}

/** How often a value was replaced; a refreshed time range is a new object even where its ends stay the same. */
function useChangeCount(value: unknown): number {
  const [seen, setSeen] = useState({ value, count: 0 });
  if (seen.value !== value) {
    setSeen({ value, count: seen.count + 1 });
  }
  return seen.count;
}

/** In Grafana the address is the proxy's and says nothing; a host outside of it gives the service's own. */
function addressOf(uid: string): string | undefined {
  const url = getDataSourceSrv().getInstanceSettings(uid)?.url;
  return url?.startsWith('http') ? url : undefined;
}
