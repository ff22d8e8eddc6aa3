import { useChange } from '../../../components/hooks/useChange';
import { useJobHistory } from '../../../components/JobHistoryContext';
import { isRecord } from '../../../components/model/narrow';
import type { Slo } from './slos';

/** Changes the list of objectives as it is at that moment: somebody else may have changed another one. */
export function useSloChange() {
  const { client } = useJobHistory();
  const { run, busy, error } = useChange();
  /** @returns whether it was taken */
  const change = (edit: (slos: Slo[]) => Slo[]): Promise<boolean> =>
    run(async () => {
      const answer = await client.get('v1/slos', {});
      const slos = isRecord(answer) && Array.isArray(answer.slos) ? (answer.slos as Slo[]) : [];
      await client.send('PUT', 'v1/slos', {}, { slos: edit(slos) });
    });
  return { busy, error, change };
}
