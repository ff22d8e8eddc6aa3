import { createContext, useContext, useMemo, useState } from 'react';
import type { TimeRange, TimeZone } from '@grafana/data';
import type { JobHistoryClient } from './client/types';
import type { HistoryLocation } from './hooks/useHistoryState';
import type { Role } from './model/role';

/** What every view below needs; given once by whatever hosts them (the panel, an app page). */
export interface JobHistoryScope {
  client: JobHistoryClient;
  range: TimeRange;
  timeZone: TimeZone;
  /** Changes whenever the host was refreshed. */
  refresh: unknown;
  location: HistoryLocation;
  /** Where jobs send to, if the host knows; in Grafana only the relay does. */
  serviceUrl?: string;
  /** What the reader may do; without it, only look. The service checks it again. */
  role?: Role;
  onChangeTimeRange(range: { from: number; to: number }): void;
}

interface ProvidedScope extends JobHistoryScope {
  /** Asks for everything anew, after something was changed from here. */
  reload(): void;
}

const Context = createContext<ProvidedScope | undefined>(undefined);

export function JobHistoryProvider({ value, children }: { value: JobHistoryScope; children: React.ReactNode }) {
  const [changes, setChanges] = useState(0);
  const scope = useMemo<ProvidedScope>(
    () => ({
      ...value,
      refresh: `${String(value.refresh)} ${changes}`,
      reload: () => setChanges((count) => count + 1),
    }),
    [value, changes]
  );
  return <Context.Provider value={scope}>{children}</Context.Provider>;
}

export function useJobHistory(): ProvidedScope {
  const scope = useContext(Context);
  if (!scope) {
    throw new Error('A Joblens view was rendered outside of its JobHistoryProvider.');
  }
  return scope;
}

/** Lets what is below rest in a scope of before: it is neither told of a new location nor of a refresh. */
export const RestingScope = Context.Provider;
