import type { Question } from '../../components/client/types';

type Name = Question['question'];

/** Questions that only the pages ask, with their own fields; docs/questions.md says what they mean. */
export interface PageQuestion extends Omit<Question, 'refId' | 'question' | 'direction'> {
  question:
    Name | 'attention' | 'trends' | 'changes' | 'calendar' | 'compare' | 'related' | 'baseline' | 'slo' | 'service';
  key?: string;
  with?: string;
  sort?: string;
  descending?: boolean;
  state?: string;
  period?: string;
  measure?: string;
  direction?: string;
  weeks?: number;
}
