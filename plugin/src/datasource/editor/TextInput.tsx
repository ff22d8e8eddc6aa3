import { type KeyboardEvent, useState } from 'react';
import { Input } from '@grafana/ui';

interface Props {
  id: string;
  value: string;
  onCommit: (value: string) => void;
  placeholder?: string;
  width?: number;
  type?: 'text' | 'number';
  min?: number;
  'aria-label'?: string;
}

/** A text that is asked for on Enter or when the field is left, not at every key. */
export function TextInput({ value, onCommit, ...input }: Props) {
  const [typed, setTyped] = useState<string>();
  const commit = () => {
    if (typed !== undefined && typed !== value) {
      onCommit(typed);
    }
    setTyped(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      commit();
    }
  };
  return (
    <Input
      {...input}
      value={typed ?? value}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  );
}
