import { createContext, useContext } from 'react';
import type { TimeRange, TimeZone } from '@grafana/data';
import type { JobHistoryClient } from './client/types';
import type { HistoryLocation } from './hooks/useHistoryState';

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
  onChangeTimeRange(range: { from: number; to: number }): void;
}

const Context = createContext<JobHistoryScope | undefined>(undefined);
export const JobHistoryProvider = Context.Provider;

export function useJobHistory(): JobHistoryScope {
  const scope = useContext(Context);
  if (!scope) {
    throw new Error('A Joblens view was rendered outside of its JobHistoryProvider.');
  }
  return scope;
}
