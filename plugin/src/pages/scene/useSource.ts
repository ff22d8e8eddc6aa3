import { useEffect, useState } from 'react';
import { DataSourceWithBackend, getDataSourceSrv } from '@grafana/runtime';
import { ServiceError, toServiceError } from '../../components/client/ServiceError';
import type { Question } from '../../components/client/types';

interface Found {
  uid?: string;
  source?: DataSourceWithBackend<Question>;
  error?: ServiceError;
}

/** The data source with this uid, once it is loaded. */
export function useSource(uid: string | undefined): Found {
  const [found, setFound] = useState<Found>({});
  useEffect(() => {
    if (uid === undefined) {
      return;
    }
    let current = true;
    getDataSourceSrv()
      .get({ uid })
      .then((source): Found => (isBackendSource(source) ? { source } : { error: FOREIGN }))
      .catch((error: unknown): Found => ({ error: toServiceError(error) }))
      .then((next) => current && setFound({ ...next, uid }));
    return () => {
      current = false;
    };
  }, [uid]);
  return found.uid === uid ? found : {};
}

const FOREIGN = new ServiceError('refused', 'This data source is not a Joblens.');

function isBackendSource(source: unknown): source is DataSourceWithBackend<Question> {
  return source instanceof DataSourceWithBackend;
}
