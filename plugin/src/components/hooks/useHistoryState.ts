import { useCallback, useEffect, useMemo, useState } from 'react';
import { locationUtil, urlUtil } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { readState, writeState, type HistoryState } from '../model/urlState';

export interface HistoryLocation {
  state: HistoryState;
  /** Changes the URL; `replace` leaves no step in the browser's history (typing, scrolling). */
  update(patch: Partial<HistoryState>, options?: { replace?: boolean }): void;
  /** The address at which the state would be `patch` on top of the present one. */
  hrefFor(patch: Partial<HistoryState>): string;
}

/** The state of the history lives in the URL only, so that back, forward and shared links work by themselves. */
export function useHistoryState(prefix: string): HistoryLocation {
  const [search, setSearch] = useState(() => locationService.getLocation().search);
  useEffect(() => {
    const subscription = locationService.getLocationObservable().subscribe((location) => setSearch(location.search));
    return () => subscription.unsubscribe();
  }, []);

  const state = useMemo(() => readState(urlUtil.parseKeyValue(search.replace(/^\?/, '')), prefix), [search, prefix]);
  const update = useCallback<HistoryLocation['update']>(
    (patch, { replace = false } = {}) =>
      locationService.partial(writeState({ ...currentState(prefix), ...patch }, prefix), replace),
    [prefix]
  );
  const hrefFor = useCallback<HistoryLocation['hrefFor']>(
    (patch) => {
      const params = { ...locationService.getSearchObject(), ...writeState({ ...state, ...patch }, prefix) };
      const kept = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== null));
      return locationUtil.assureBaseUrl(urlUtil.renderUrl(locationService.getLocation().pathname, kept));
    },
    [state, prefix]
  );
  return useMemo(() => ({ state, update, hrefFor }), [state, update, hrefFor]);
}

// Two updates in one tick must not undo each other, so an update starts from the URL as it is now.
function currentState(prefix: string): HistoryState {
  return readState(locationService.getSearchObject(), prefix);
}
