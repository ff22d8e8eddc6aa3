import { raw } from '../storage/sql.js';
import { field } from './frames.js';
import { defineQuestion } from './question.js';
import { askStatistic } from './series.js';

/** How many runs, by status unless grouped otherwise; an empty bucket is 0. */
export const counts = defineQuestion({
  name: 'counts',
  fields: {},
  formats: ['timeseries', 'table', 'numeric'],
  ask: (context, query, format) =>
    askStatistic(context, { ...query, groupBy: query.groupBy.length > 0 ? query.groupBy : ['status'] }, format, {
      rule: 'counted',
      measures: [
        {
          name: 'runs',
          value: raw('toFloat64(count())'),
          labels: {},
          field: (name) => field.count(name, { unit: 'short' }),
          empty: 0,
        },
      ],
    }),
});
