import { useEffect, useMemo, useState } from 'react';
import { LoadingState, type DataQueryRequest, type PanelData } from '@grafana/data';
import { DataSourceWithBackend, getDataSourceSrv } from '@grafana/runtime';
import { createClient } from '../components/client/createClient';
import { toServiceError, type ServiceError } from '../components/client/ServiceError';
import type { JobHistoryClient, Question } from '../components/client/types';
import { useLatest } from '../components/hooks/useLatest';
import { isRecord } from '../components/model/narrow';

const DATA_SOURCE_TYPE = 'joblens-history-datasource';

interface PanelClient {
  client?: JobHistoryClient;
  /** The panel's query is of another data source, or there is none. */
  missing?: boolean;
  error?: ServiceError;
  serviceUrl?: string;
}

/** A client on the data source of the panel's query, narrowed to what the query says. */
export function usePanelClient(data: PanelData): PanelClient {
  const request = data.request;
  const target = request?.targets.find(isJoblensQuery);
  const { source, foreign, error } = useDataSource(request, target);
  const filters = JSON.stringify(target?.filters ?? []);
  const search = target?.search;
  // A dashboard variable changes what is asked without changing the query's text.
  const variables = JSON.stringify(
    target && source?.applyTemplateVariables(target, request?.scopedVars ?? {}, request?.filters)
  );

  const client = useMemo(() => {
    if (!source || !request) {
      return undefined;
    }
    const template = { ...request, targets: request.targets.filter(isJoblensQuery) };
    const made = createClient(source, template, { filters: JSON.parse(filters), search });
    return { ...made, id: `${made.id} ${variables}` };
  }, [source, request, filters, search, variables]);

  const settled = data.state === LoadingState.Done || data.state === LoadingState.Error;
  return {
    client,
    error,
    serviceUrl: source && addressOf(source),
    missing: foreign || (settled && target === undefined),
  };
}

interface Found {
  source?: DataSourceWithBackend<Question>;
  /** The query's data source is not a Joblens. */
  foreign?: boolean;
  error?: ServiceError;
}

function useDataSource(request: DataQueryRequest | undefined, target: Question | undefined) {
  const [found, setFound] = useState<Found>({});
  const ref = target && JSON.stringify(target.datasource ?? null);
  const scopedVars = useLatest(request?.scopedVars);
  useEffect(() => {
    if (ref === undefined) {
      return;
    }
    let current = true;
    getDataSourceSrv()
      .get(JSON.parse(ref), scopedVars.current)
      .then((source): Found => (isJoblensSource(source) ? { source } : { foreign: true }))
      .catch((error: unknown): Found => ({ error: toServiceError(error) }))
      .then((next) => current && setFound(next));
    return () => {
      current = false;
    };
  }, [ref, scopedVars]);
  return found;
}

/** In Grafana the address is the proxy's and says nothing; a host outside of it gives the service's own. */
function addressOf(source: DataSourceWithBackend<Question>): string | undefined {
  const url = getDataSourceSrv().getInstanceSettings(source.getRef())?.url;
  return url?.startsWith('http') ? url : undefined;
}

function isJoblensQuery(query: unknown): query is Question {
  return isRecord(query) && typeof query.question === 'string';
}

function isJoblensSource(source: unknown): source is DataSourceWithBackend<Question> {
  return source instanceof DataSourceWithBackend && source.type === DATA_SOURCE_TYPE;
}
