import { t } from '../i18n/t';
import { FIELD_LABELS } from './fields';
import { isQuestion, QUESTION_LIST } from './questions';
import type { QuestionName } from './types';

// What the lists of questions and fields say, in the reader's language: their keys are made of their names.

/** A question that this version doesn't know is called by its name. */
export const questionLabel = (question: string) =>
  isQuestion(question) ? t(`questions.${question}.label`, QUESTION_LIST[question].label) : question;

export const questionHelp = (question: QuestionName) =>
  t(`questions.${question}.help`, QUESTION_LIST[question].description);

type Group = (typeof QUESTION_LIST)[QuestionName]['group'];

export function groupLabel(group: Group): string {
  switch (group) {
    case 'Rates and durations':
      return t('groups.rates', 'Rates and durations');
    case 'Runs':
      return t('groups.runs', 'Runs');
    case 'Logs':
      return t('groups.logs', 'Logs');
    case 'For alert rules':
      return t('groups.alerts', 'For alert rules');
    case 'Helpers':
      return t('groups.helpers', 'Helpers');
  }
}

export const fieldLabel = (field: keyof typeof FIELD_LABELS) => t(`fields.${field}`, FIELD_LABELS[field]);
