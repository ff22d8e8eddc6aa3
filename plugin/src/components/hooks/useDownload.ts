import { useState } from 'react';
import { toServiceError, type ServiceError } from '../client/ServiceError';

/** Saves a file that is fetched when it is asked for. */
export function useDownload() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ServiceError>();
  const start = async (name: string, fetchFile: () => Promise<Blob>) => {
    setBusy(true);
    setError(undefined);
    try {
      save(await fetchFile(), name);
    } catch (failure) {
      setError(toServiceError(failure));
    } finally {
      setBusy(false);
    }
  };
  return { start, busy, error };
}

/** A name that every file system takes, from parts that may hold anything. */
export function fileName(parts: string[], ending: string): string {
  return `${parts
    .join('-')
    .replace(/[^\p{L}\p{N}._-]+/gu, '_')
    .slice(-200)}.${ending}`;
}

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
