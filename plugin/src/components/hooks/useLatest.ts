import { useLayoutEffect, useRef, type RefObject } from 'react';

/** The newest value for callbacks and effects that must not run anew because of it. */
export function useLatest<T>(value: T): RefObject<T> & { readonly current: T } {
  const ref = useRef(value);
  useLayoutEffect(() => {
    ref.current = value;
  });
  return ref;
}
