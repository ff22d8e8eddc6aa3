import { useCallback, useEffect, useMemo, useState } from 'react';
import { locationUtil, urlUtil, type UrlQueryMap } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import type { HistoryLocation } from '../../components/hooks/useHistoryState';
import { NO_FILTERS, readState, writeState, type HistoryState } from '../../components/model/urlState';
import { goTo, hrefTo, pageUrl } from '../paths';

/** On these pages `job` and `run` in the URL name what the page is about; they are no filters. */
const SUBJECT_PAGES = [pageUrl('job'), pageUrl('run')];

/**
 * The state of the history on the pages of the app. A run opens on its own page, and what leads back from a run to the
 * list (a tag, a search) opens the list; everything else stays in the URL of the page that is open.
 */
export function useAppLocation(): HistoryLocation {
  const [{ pathname, search }, setLocation] = useState(currentLocation);
  useEffect(() => {
    const subscription = locationService.getLocationObservable().subscribe(() => setLocation(currentLocation()));
    return () => subscription.unsubscribe();
  }, []);

  const state = useMemo(() => stateOf(pathname, search), [pathname, search]);
  const hrefFor = useCallback<HistoryLocation['hrefFor']>(
    (patch) => hrefOf(pathname, search, state, patch),
    [pathname, search, state]
  );
  const update = useCallback<HistoryLocation['update']>((patch, { replace = false } = {}) => {
    const { pathname, search } = currentLocation();
    const state = stateOf(pathname, search);
    if (leavesPage(pathname, patch)) {
      goTo(hrefOf(pathname, search, state, patch));
    } else {
      locationService.partial(paramsOf(pathname, { ...state, ...patch }), replace);
    }
  }, []);
  return useMemo(() => ({ state, update, hrefFor }), [state, update, hrefFor]);
}

function currentLocation() {
  const { pathname, search } = locationService.getLocation();
  return { pathname, search };
}

const isOn = (pathname: string, pages: string[]) =>
  pages.some((page) => pathname === page || pathname.startsWith(`${page}/`));

function stateOf(pathname: string, search: string): HistoryState {
  const state = readState(parse(search), '');
  return { ...state, run: undefined, ...(isOn(pathname, SUBJECT_PAGES) && { job: undefined }) };
}

/** The parameters of a state on a page; null takes one out of the URL. */
function paramsOf(pathname: string, state: HistoryState): Record<string, string | null> {
  const { run: _run, job, ...params } = writeState(state, '');
  return isOn(pathname, SUBJECT_PAGES) ? params : { ...params, job: job ?? null };
}

/** A run is opened, or the run that is open is left for the list. */
function leavesPage(pathname: string, patch: Partial<HistoryState>): boolean {
  return patch.run !== undefined || ('run' in patch && isOn(pathname, [pageUrl('run')]));
}

function hrefOf(pathname: string, search: string, state: HistoryState, patch: Partial<HistoryState>): string {
  const next = { ...state, ...patch };
  if (patch.run !== undefined) {
    const params = paramsOf(pageUrl('run'), { ...next, ...NO_FILTERS });
    return hrefTo('run', { ...params, key: patch.run });
  }
  if (leavesPage(pathname, patch)) {
    return hrefTo('history', paramsOf(pageUrl('history'), next));
  }
  const params = { ...parse(search), ...paramsOf(pathname, next) };
  const kept = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== null));
  return locationUtil.assureBaseUrl(urlUtil.renderUrl(pathname, kept));
}

function parse(search: string): UrlQueryMap {
  return urlUtil.parseKeyValue(search.replace(/^\?/, ''));
}
