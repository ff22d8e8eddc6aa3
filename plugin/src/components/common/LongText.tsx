import { useState } from 'react';
import { Button } from '@grafana/ui';
import { formatCount } from '../model/numbers';

/** Above this a text is cut until someone asks for all of it: a page must not freeze on one value. */
const MAX_SHOWN = 1000;

export function LongText({ text }: { text: string }) {
  const [all, setAll] = useState(false);
  if (all || text.length <= MAX_SHOWN) {
    return <>{text}</>;
  }
  return (
    <>
      {text.slice(0, MAX_SHOWN)}…{' '}
      <Button size="sm" fill="text" onClick={() => setAll(true)}>
        Show all {formatCount(text.length)} characters
      </Button>
    </>
  );
}
