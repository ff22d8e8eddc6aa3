import { useAnswer, type Answer } from '../../components/hooks/useAnswer';
import { useJobHistory } from '../../components/JobHistoryContext';
import type { ResourceParams } from '../../components/client/types';
import { isRecord, type UnknownRecord } from '../../components/model/narrow';

const NO_PARAMS: ResourceParams = {};

/** A GET route of the service, asked again with every refresh. */
export function useResource(path: string, params: ResourceParams = NO_PARAMS): Answer<UnknownRecord> {
  const { client, refresh } = useJobHistory();
  return useAnswer(
    () => client.get(path, params).then((answer) => (isRecord(answer) ? answer : {})),
    `${client.id} ${path} ${JSON.stringify(params)}`,
    refresh
  );
}
