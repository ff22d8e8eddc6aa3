import { Combobox, type ComboboxOption, InlineField } from '@grafana/ui';
import { QUESTIONS } from '../../../../ingest/src/model/words.js';
import { QUESTION_LIST } from '../questions';
import type { JoblensQuery, QuestionName } from '../types';

const GROUPS = [...new Set(Object.values(QUESTION_LIST).map(({ group }) => group))];

/** Grouped as people think of them; the contract's own order within a group. */
export const QUESTION_OPTIONS: Array<ComboboxOption<QuestionName>> = GROUPS.flatMap((group) =>
  QUESTIONS.filter((question) => QUESTION_LIST[question].group === group).map((question) => ({
    value: question,
    label: QUESTION_LIST[question].label,
    description: QUESTION_LIST[question].description,
    group,
  }))
);

interface Props {
  query: JoblensQuery;
  id: string;
  onChange: (question: QuestionName) => void;
}

export function QuestionField({ query, id, onChange }: Props) {
  return (
    <InlineField label="Question" tooltip={QUESTION_LIST[query.question].description}>
      <Combobox
        id={`${id}-question`}
        width={46}
        options={QUESTION_OPTIONS}
        value={query.question}
        onChange={({ value }) => onChange(value)}
      />
    </InlineField>
  );
}
