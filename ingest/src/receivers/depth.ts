import { problems } from '../errors.js';
import { DEEPEST, isTooDeep } from '../model/json.js';

/** @throws Coded 400 for JSON that is nested deeper than anything here could read again */
export function assertNotTooDeep(text: string): void {
  if (isTooDeep(text)) {
    throw problems.tooDeep(DEEPEST);
  }
}
