import { type DataQueryRequest, type DataQueryResponse, LiveChannelScope } from '@grafana/data';
import { getGrafanaLiveSrv } from '@grafana/runtime';
import { from, merge, type Observable, switchMap } from 'rxjs';
import { t } from '../i18n/t';
import type { JoblensQuery } from './types';

interface LiveTailSource {
  uid: string;
  /** The key of the run that the query names; undefined where it names none. */
  findRunKey(query: JoblensQuery): Promise<string | undefined>;
}

/** Follows the logs of the runs that the request's queries name, through Grafana Live. */
export function liveTail(
  source: LiveTailSource,
  request: DataQueryRequest<JoblensQuery>
): Observable<DataQueryResponse> {
  const tails = request.targets
    .filter((query) => query.question === 'lines' && !query.hide)
    .map((query) => from(source.findRunKey(query)).pipe(switchMap((key) => tail(source.uid, query.refId, key))));
  return merge(...tails);
}

function tail(uid: string, refId: string, key: string | undefined): Observable<DataQueryResponse> {
  if (key === undefined) {
    throw new Error(t('liveTail.no-run', 'The live tail follows one run: choose a job and a run first.'));
  }
  const maxLength = 1000;
  return getGrafanaLiveSrv().getDataStream({
    key: `tail-${refId}-${key}`,
    addr: { scope: LiveChannelScope.DataSource, namespace: uid, path: `tail/${key}` },
    buffer: { maxLength },
  });
}
