import { useMemo } from 'react';
import type { ComboboxOption } from '@grafana/ui';
import { readColumn } from '../../components/client/frames';
import { t } from '../../i18n/t';
import { groupWord } from './groupWord';
import { useQuestion } from './useQuestion';

const TAGS = 50;

interface Options {
  /** Whether each job can be a group of its own. */
  job?: boolean;
}

/** What can be grouped by: "" for not at all, type, owner, and each tag that is in use. */
export function useGroupOptions({ job = false }: Options = {}): Array<ComboboxOption<string>> {
  const { data: tags } = useQuestion({ question: 'values', field: 'tag', limit: TAGS }, ([frame]) =>
    readColumn(frame, 'value').map(String)
  );
  return useMemo(
    () => [
      { value: '', label: t('groups.nothing', 'nothing') },
      ...(job ? [{ value: 'job', label: groupWord('job') }] : []),
      { value: 'type', label: groupWord('type') },
      { value: 'owner', label: groupWord('owner') },
      ...(tags ?? []).map((tag) => ({ value: `tag:${tag}`, label: groupWord(`tag:${tag}`) })),
    ],
    [tags, job]
  );
}
