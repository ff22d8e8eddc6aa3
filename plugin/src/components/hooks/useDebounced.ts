import { useEffect, useState } from 'react';
import { useLatest } from './useLatest';

/** A text field's draft that is handed on once typing pauses, and follows `value` when that changes elsewhere. */
export function useDebounced(value: string, onChange: (value: string) => void, delayMs = 300) {
  const [draft, setDraft] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setDraft(value);
  }
  const latest = useLatest(onChange);
  useEffect(() => {
    if (draft === value) {
      return;
    }
    const timer = setTimeout(() => latest.current(draft), delayMs);
    return () => clearTimeout(timer);
  }, [latest, draft, value, delayMs]);

  return [draft, setDraft] as const;
}
