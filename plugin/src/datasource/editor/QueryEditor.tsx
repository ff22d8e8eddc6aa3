import { useId } from 'react';
import { CoreApp, type QueryEditorProps } from '@grafana/data';
import { Stack } from '@grafana/ui';
import type { JoblensDataSource } from '../datasource';
import { appliesTo, dropUndefined, isQuestion, QUESTION_LIST, switchQuestion } from '../questions';
import type { JoblensOptions, JoblensQuery, QueryFields } from '../types';
import { ChoiceFields } from './ChoiceFields';
import { DirectionField } from './DirectionField';
import { ExemplarsField } from './ExemplarsField';
import { FiltersField } from './FiltersField';
import { FormatField } from './FormatField';
import { GroupByField } from './GroupByField';
import { KindField } from './KindField';
import { LevelsField } from './LevelsField';
import { NumberField } from './NumberField';
import { OutcomeField } from './OutcomeField';
import { PhaseField } from './PhaseField';
import { QuestionField } from './QuestionField';
import { RunField } from './RunField';
import { SearchField } from './SearchField';
import { ShiftField } from './ShiftField';
import { StatsField } from './StatsField';
import { StatusesField } from './StatusesField';
import { TimeByField } from './TimeByField';
import { ValuesOfField } from './ValuesOfField';

type Props = QueryEditorProps<JoblensDataSource, JoblensQuery, JoblensOptions>;

/** The question first, then what narrows it, then how the answer is cut: only fields that mean something for it. */
export function QueryEditor({ query: stored, datasource, onChange, onRunQuery, app = CoreApp.Unknown, range }: Props) {
  const id = useId();
  // A new query may come without a question.
  const query: JoblensQuery = { ...datasource.getDefaultQuery(app), ...stored };
  const ask = (next: JoblensQuery) => {
    onChange(next);
    onRunQuery();
  };
  const question = (
    <QuestionField query={query} id={id} onChange={(question) => ask(switchQuestion(query, question))} />
  );
  if (!isQuestion(query.question)) {
    return question;
  }
  const change = (fields: Partial<QueryFields>) => ask(dropUndefined({ ...query, ...fields }));
  const applies = (...[field]: [Parameters<typeof appliesTo>[1]]) => appliesTo(query.question, field);
  const field = { query, onChange: change, id };
  const suggesting = { ...field, datasource, range };
  const isChart = (query.format ?? QUESTION_LIST[query.question].formats[0]) === 'timeseries';

  return (
    <Stack direction="column" gap={1}>
      <Stack wrap="wrap" gap={1}>
        {question}
        <FormatField {...field} />
        {applies('outcome') && <OutcomeField {...field} />}
        {applies('stats') && <StatsField {...field} />}
        {applies('kind') && <KindField {...field} />}
        {applies('phase') && <PhaseField {...field} />}
        {applies('field') && <ValuesOfField {...suggesting} />}
        <ChoiceFields {...field} />
        {applies('groupBy') && <GroupByField {...field} />}
      </Stack>
      {applies('runId') && <RunField {...suggesting} />}
      <FiltersField {...suggesting} />
      <Stack wrap="wrap" gap={1}>
        {applies('search') && <SearchField {...field} />}
        {applies('levels') && <LevelsField {...field} />}
        {applies('statuses') && <StatusesField {...field} />}
        {applies('direction') && <DirectionField {...field} />}
        {applies('minRuns') && <NumberField {...field} name="minRuns" />}
        {applies('baselineDays') && <NumberField {...field} name="baselineDays" />}
        {applies('buckets') && <NumberField {...field} name="buckets" />}
        {applies('limit') && <NumberField {...field} name="limit" />}
        {applies('exemplars') && isChart && app !== CoreApp.UnifiedAlerting && <ExemplarsField {...field} />}
        {applies('timeBy') && <TimeByField {...field} />}
        {applies('shift') && <ShiftField {...field} />}
      </Stack>
    </Stack>
  );
}
