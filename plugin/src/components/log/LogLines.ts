import type { LineAnswer } from '../client/answers';
import type { ServiceError } from '../client/ServiceError';

/** The lines that a log view shows, by index; a line that is still on its way is undefined. */
export interface LogLines {
  count: number;
  /** How many lines match. */
  total?: number;
  line(index: number): LineAnswer | undefined;
  /** Where line number `n` stands, if it is among the lines. */
  indexOf(n: number): number | undefined;
  /** Called with the indexes in view. */
  ensure(first: number, last: number): void;
  loading: boolean;
  error?: ServiceError;
}
