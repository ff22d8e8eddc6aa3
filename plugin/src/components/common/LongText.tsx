import { useState } from 'react';
import { Button } from '@grafana/ui';
import { formatCount } from '../model/numbers';
import { t } from '../../i18n/t';

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
        {t('common.longText.show-all-characters', 'Show all {{n}} characters', { n: formatCount(text.length) })}
      </Button>
    </>
  );
}
