import type { AnnotationSupport } from '@grafana/data';
import { FAILURE_STATUSES } from '../../../ingest/src/model/words.js';
import type { JoblensQuery } from './types';

/** Failed, timed out and missed runs as marks on a dashboard, unless the annotation says otherwise. */
export const annotationSupport: AnnotationSupport<JoblensQuery> = {
  getDefaultQuery: () => ({ question: 'annotations', statuses: [...FAILURE_STATUSES] }),
  prepareQuery: ({ target }) => ({
    statuses: [...FAILURE_STATUSES],
    ...target,
    refId: target?.refId ?? 'Anno',
    question: 'annotations',
  }),
};
