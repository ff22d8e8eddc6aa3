import { t } from '../i18n/t';
import type { JoblensQuery } from './types';
import { questionLabel } from './words';

/** One line for query history and collapsed rows, such as "Durations p50, p95 by job where type = export". */
export function describeQuery(query: JoblensQuery): string {
  const { groupBy = [], filters = [], stats = [], search, job, run, field } = query;
  const conditions = filters.map((filter) => {
    const value = Array.isArray(filter.value) ? `(${filter.value.join(', ')})` : filter.value;
    return `${filter.field} ${filter.op} ${value}`;
  });
  return [
    questionLabel(query.question),
    stats.join(', '),
    field && `: ${field}`,
    job && run && t('describe.of', 'of {{job}} {{run}}', { job, run }),
    groupBy.length > 0 && t('describe.by', 'by {{fields}}', { fields: groupBy.join(', ') }),
    conditions.length > 0 && t('describe.where', 'where {{conditions}}', { conditions: andWords(conditions) }),
    search && t('describe.with', 'with “{{search}}”', { search }),
  ]
    .filter(Boolean)
    .join(' ');
}

const andWords = (conditions: string[]) => conditions.join(t('describe.and', ' and '));
