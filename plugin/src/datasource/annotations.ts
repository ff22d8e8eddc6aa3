import {
  type AnnotationEvent,
  type AnnotationSupport,
  type DataFrame,
  locationUtil,
  textUtil,
  urlUtil,
} from '@grafana/data';
import { of } from 'rxjs';
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
  processEvents: (_annotation, frames) => of(frames.flatMap(eventsOf)),
};

/** The rows of an `annotations` frame. Grafana shows texts as HTML, so what a job said is escaped and its run linked. */
export function eventsOf(frame: DataFrame): AnnotationEvent[] {
  const value = (name: string, row: number): unknown => frame.fields.find((field) => field.name === name)?.values[row];
  const text = (name: string, row: number) => String(value(name, row) ?? '');
  return Array.from({ length: frame.length }, (_, row) => {
    const time = Number(value('time', row));
    const timeEnd = Number(value('timeEnd', row) ?? time);
    const tags = value('tags', row);
    const href = locationUtil.assureBaseUrl(urlUtil.renderUrl('/a/joblens-history-app/run', { key: text('key', row) }));
    return {
      id: text('id', row),
      time,
      timeEnd,
      isRegion: timeEnd > time,
      title: text('title', row),
      text: `${textUtil.escapeHtml(text('text', row))}<br><a href="${textUtil.escapeHtml(href)}">Open run</a>`,
      tags: Array.isArray(tags) ? tags.map(String) : [],
    };
  });
}
