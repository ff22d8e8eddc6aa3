import { Combobox, type ComboboxOption, InlineField } from '@grafana/ui';
import { t } from '../../i18n/t';
import { QUESTIONS } from '../../../../ingest/src/model/words.js';
import { isQuestion, QUESTION_LIST } from '../questions';
import type { JoblensQuery, QuestionName } from '../types';
import { groupLabel, questionHelp, questionLabel } from '../words';

const GROUPS = [...new Set(Object.values(QUESTION_LIST).map(({ group }) => group))];

/** Grouped as people think of them; the contract's own order within a group. */
const options = (): Array<ComboboxOption<QuestionName>> =>
  GROUPS.flatMap((group) =>
    QUESTIONS.filter((question) => QUESTION_LIST[question].group === group).map((question) => ({
      value: question,
      label: questionLabel(question),
      description: questionHelp(question),
      group: groupLabel(group),
    }))
  );

interface Props {
  query: JoblensQuery;
  id: string;
  onChange: (question: QuestionName) => void;
}

export function QuestionField({ query, id, onChange }: Props) {
  const isKnown = isQuestion(query.question);
  return (
    <InlineField
      label={t('editor.question.label', 'Question')}
      tooltip={isKnown ? questionHelp(query.question) : undefined}
      invalid={!isKnown}
      error={t('editor.question.unknown', 'This version knows no such question: choose another')}
    >
      <Combobox
        id={`${id}-question`}
        width={46}
        options={options()}
        value={query.question}
        onChange={({ value }) => onChange(value)}
      />
    </InlineField>
  );
}
