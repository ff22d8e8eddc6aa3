import type { Question } from '../../components/client/types';

/** A question as the pages ask it, with the fields that no query editor offers; docs/questions.md says what they mean. */
export interface PageQuestion extends Omit<Question, 'refId'> {
  with?: string;
  sort?: string;
  descending?: boolean;
  state?: string;
  weeks?: number;
}
