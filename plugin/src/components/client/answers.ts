import type {
  AttemptAnswer,
  JobAnswer,
  LinesAnswer,
  RecordsAnswer,
  RunAnswer,
  StepAnswer,
} from '../../../../ingest/src/model/answer';
import { t } from '../../i18n/t';
import { isRecord } from '../model/narrow';
import { ServiceError } from './ServiceError';

export type { AttemptAnswer, JobAnswer, LinesAnswer, RecordsAnswer, RunAnswer, StepAnswer };
export type LineAnswer = LinesAnswer['lines'][number];
export type RecordAnswer = RecordsAnswer['records'][number];

const isRun = (value: unknown): value is RunAnswer =>
  isRecord(value) && typeof value.key === 'string' && Array.isArray(value.steps) && isRecord(value.log);

const isJob = (value: unknown): value is JobAnswer => isRecord(value) && isRecord(value.source);

const isLines = (value: unknown): value is LinesAnswer => isRecord(value) && Array.isArray(value.lines);

const isRecords = (value: unknown): value is RecordsAnswer => isRecord(value) && Array.isArray(value.records);

export const toRun = narrowTo('run', isRun);
export const toJob = narrowTo('job', isJob);
export const toLines = narrowTo('lines', isLines);
export const toRecords = narrowTo('records', isRecords);

/** The service and the plugin may be of different versions: a foreign shape is an error that says so. */
function narrowTo<T>(name: string, is: (value: unknown) => value is T): (value: unknown) => T {
  return (value) => {
    if (!is(value)) {
      throw new ServiceError(
        'failed',
        t(
          'errors.foreign',
          'The service answered something else than {{name}}. Do plugin and service have the same version?',
          { name }
        )
      );
    }
    return value;
  };
}
