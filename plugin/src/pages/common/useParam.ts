import { useCallback } from 'react';
import { locationService } from '@grafana/runtime';
import { useLocation } from 'react-router-dom';

/** A parameter of the URL that belongs to one page: its value, "" where it is absent, and how to change it. */
export function useParam(name: string) {
  const value = new URLSearchParams(useLocation().search).get(name) ?? '';
  const set = useCallback(
    (next: string | undefined, options: { replace?: boolean } = {}) =>
      locationService.partial({ [name]: next || null }, options.replace),
    [name]
  );
  return [value, set] as const;
}

/** The same for one of several values; the first of them is the one that stands without a parameter. */
export function useChoice<T extends string>(name: string, values: readonly [T, ...T[]]) {
  const [text, setText] = useParam(name);
  const value = values.find((value) => value === text) ?? values[0];
  const set = useCallback((next: T) => setText(next === values[0] ? undefined : next), [setText, values]);
  return [value, set] as const;
}
