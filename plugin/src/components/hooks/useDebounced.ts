import { useEffect, useRef, useState } from 'react';

/** A text field's draft that is handed on once typing pauses, and follows `value` when that changes elsewhere. */
export function useDebounced(value: string, onChange: (value: string) => void, delayMs = 300) {
  const [draft, setDraft] = useState(value);
  const latest = useRef(onChange);
  latest.current = onChange;

  useEffect(() => setDraft(value), [value]);
  useEffect(() => {
    if (draft === value) {
      return;
    }
    const timer = setTimeout(() => latest.current(draft), delayMs);
    return () => clearTimeout(timer);
  }, [draft, value, delayMs]);

  return [draft, setDraft] as const;
}
