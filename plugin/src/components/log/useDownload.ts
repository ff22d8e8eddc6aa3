import { useState } from 'react';
import type { RunAnswer } from '../client/answers';
import { useJobHistory } from '../JobHistoryContext';

/** Saves the whole log as it was sent, byte for byte where it came as plain text. */
export function useDownload(run: RunAnswer) {
  const { client } = useJobHistory();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const start = async () => {
    setBusy(true);
    setFailed(false);
    try {
      save(await client.getText('v1/run/lines', { key: run.key }), fileName(run));
    } catch {
      setFailed(true);
    } finally {
      setBusy(false);
    }
  };
  return { start, busy, failed };
}

function fileName({ job, run }: RunAnswer): string {
  return `${job}-${run}.log`.replace(/[^\p{L}\p{N}._-]+/gu, '_').slice(-200);
}

function save(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
