import { useState } from 'react';
import { toServiceError, type ServiceError } from '../../../components/client/ServiceError';
import { useJobHistory } from '../../../components/JobHistoryContext';
import { isRecord } from '../../../components/model/narrow';
import type { Slo } from './slos';

/** Changes the list of objectives as it is at that moment: somebody else may have changed another one. */
export function useSloChange() {
  const { client, reload } = useJobHistory();
  const [state, setState] = useState<{ busy: boolean; error?: ServiceError }>({ busy: false });
  /** @returns whether it was taken */
  const change = async (edit: (slos: Slo[]) => Slo[]): Promise<boolean> => {
    setState({ busy: true });
    try {
      const answer = await client.get('v1/slos', {});
      const slos = isRecord(answer) && Array.isArray(answer.slos) ? (answer.slos as Slo[]) : [];
      await client.send('PUT', 'v1/slos', {}, { slos: edit(slos) });
      setState({ busy: false });
      reload();
      return true;
    } catch (error) {
      setState({ busy: false, error: toServiceError(error) });
      return false;
    }
  };
  return { ...state, change };
}
