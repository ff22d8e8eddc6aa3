import { useAnswer, type Answer } from '../hooks/useAnswer';
import { useNow } from '../hooks/useNow';
import { toRun, type RunAnswer } from '../client/answers';
import { useJobHistory } from '../JobHistoryContext';
import { isOpen } from '../model/status';
import { useState } from 'react';

const LIVE_MS = 3000;

/** A run by its key, or by its job and id. */
export type RunPlace = { key: string } | { job: string; run: string };

/** One run; an open one is asked for again every few seconds until it has ended. */
export function useRun(place: RunPlace): Answer<RunAnswer> {
  const { client, refresh } = useJobHistory();
  const [open, setOpen] = useState(false);
  const tick = useNow(open ? LIVE_MS : undefined);
  const answer = useAnswer(
    () => client.get('v1/run', { ...place }).then(toRun),
    `${client.id} run ${JSON.stringify(place)}`,
    `${String(refresh)} ${open ? tick : ''}`
  );
  const nowOpen = answer.data !== undefined && isOpen(answer.data.status);
  if (nowOpen !== open) {
    setOpen(nowOpen);
  }
  return answer;
}
