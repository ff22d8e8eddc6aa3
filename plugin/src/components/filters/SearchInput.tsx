import type { KeyboardEventHandler } from 'react';
import { FilterInput } from '@grafana/ui';
import { useDebounced } from '../hooks/useDebounced';

interface Props {
  label: string;
  /** What of the things it looks through; the label unless given. */
  placeholder?: string;
  value: string;
  /** Called once typing pauses. */
  onSearch(text: string): void;
  onKeyDown?: KeyboardEventHandler<HTMLInputElement>;
}

/** A field that narrows down what stands below it, word for word. */
export function SearchInput({ label, placeholder = label, value, onSearch, onKeyDown }: Props) {
  const [draft, setDraft] = useDebounced(value, onSearch);
  return (
    <FilterInput
      aria-label={label}
      placeholder={placeholder}
      value={draft}
      onChange={setDraft}
      onKeyDown={onKeyDown}
      escapeRegex={false}
    />
  );
}
