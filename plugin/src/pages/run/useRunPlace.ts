import { useEffect } from 'react';
import { locationService } from '@grafana/runtime';
import { useLocation } from 'react-router-dom';
import type { RunAnswer } from '../../components/client/answers';
import type { RunPlace } from '../../components/run/useRun';

/** The run that the URL names: by its key, or by its job and id. */
export function useRunPlace(): RunPlace | undefined {
  const params = new URLSearchParams(useLocation().search);
  const [key, job, run] = [params.get('key'), params.get('job'), params.get('run')];
  if (key) {
    return { key };
  }
  return job && run ? { job, run } : undefined;
}

/** Once the run is known its job stands in the URL too, so that the breadcrumbs lead to it. */
export function useJobInUrl(run: RunAnswer | undefined): void {
  const job = run?.job;
  useEffect(() => {
    if (job !== undefined && locationService.getSearch().get('job') !== job) {
      locationService.partial({ job }, true);
    }
  }, [job]);
}
