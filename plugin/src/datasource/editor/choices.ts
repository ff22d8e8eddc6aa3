import { t } from '../../i18n/t';
import type { JoblensQuery, QueryFields, QuestionName } from '../types';

/** A field that is one of a few words. The first is what the service takes unless told otherwise. */
interface Choice {
  label: string;
  tooltip?: string;
  options: ReadonlyArray<{ value: string; label: string }>;
}

type ChoiceName = keyof Pick<QueryFields, 'period' | 'measure' | 'direction' | 'speed' | 'check'>;

const words = (...values: string[]) => values.map((value) => ({ value, label: value.replaceAll('_', ' ') }));

/** The choices of each question, in the order of the editor. */
export const CHOICES: Partial<Record<QuestionName, Partial<Record<ChoiceName, Choice>>>> = {
  trends: {
    period: { label: 'Period', options: words('day', 'week', 'month') },
    measure: {
      label: 'Measure',
      tooltip: 'What a chart shows; a table has them all',
      options: words('total', 'mean', 'p50', 'p95', 'runs', 'success_rate'),
    },
  },
  changes: {
    measure: { label: 'Measure', options: words('p50', 'p95', 'mean', 'total', 'success_rate') },
    direction: { label: 'Direction', options: words('worse', 'better', 'any') },
  },
  slo: {
    speed: {
      label: 'Speed',
      tooltip: 'Which burn rate the numbers are; a table has both',
      options: words('fast', 'slow'),
    },
  },
  service: {
    check: { label: 'Check', options: words('all', 'lag', 'silent', 'aside', 'waiting', 'rejected', 'jobs') },
  },
};

/** The choices that mean something for a query, with what is chosen. */
export function choicesOf(query: JoblensQuery): Array<[ChoiceName, Choice, string]> {
  return Object.entries(CHOICES[query.question] ?? {}).flatMap(
    ([name, choice]): Array<[ChoiceName, Choice, string]> => {
      const known = isChoiceName(name);
      return known ? [[name, choice, query[name] ?? choice.options[0]?.value ?? '']] : [];
    }
  );
}

/** Whether this word is an option of any question's choice of that name. */
export function isChoice(name: string, value: unknown): boolean {
  return (
    isChoiceName(name) && Object.values(CHOICES).some((of) => of[name]?.options.some((each) => each.value === value))
  );
}

/** Whether a question has this choice and this word is one of its options. */
export function isChoiceOf(question: QuestionName, name: string, value: unknown): boolean {
  return isChoiceName(name) && Boolean(CHOICES[question]?.[name]?.options.some((option) => option.value === value));
}

const NAMES: readonly string[] = ['period', 'measure', 'direction', 'speed', 'check'];
const isChoiceName = (name: string): name is ChoiceName => NAMES.includes(name);

// What they say in the reader's language: keys are made of their names.

export const choiceLabel = (name: ChoiceName, english: string) => t(`choices.${name}.label`, english);

export const choiceHelp = (name: ChoiceName, english: string | undefined) =>
  english && t(`choices.${name}.help`, english);

export const optionLabel = ({ value, label }: Choice['options'][number]) => t(`choices.options.${value}`, label);
