import { useJobHistory } from '../../components/JobHistoryContext';
import { formatTime } from '../../components/model/time';
import { CsvButton } from '../common/CsvButton';
import { PageBody } from '../common/PageBody';
import { Section } from '../common/Section';
import { FailureChanges } from './compare/FailureChanges';
import { failureChanges, type FailureChange } from './compare/failureChanges';
import { figuresOf, type Figure } from './compare/figures';
import { FigureTable } from './compare/FigureTable';
import { usePeriods } from './compare/usePeriods';
import { useJobName } from './useJobName';
import { t } from '../../i18n/t';

/** The time range against the time before of the same length: figures, and errors that are new or gone. */
export default function JobCompare() {
  const job = useJobName();
  const { range, timeZone } = useJobHistory();
  const { data, error, loading } = usePeriods();
  const figures = data ? figuresOf(data) : [];
  const changes = data ? failureChanges(data) : [];
  const [from, to] = [range.from.valueOf(), range.to.valueOf()];
  const [start, middle, end] = [2 * from - to, from, to].map((at) => formatTime(at, timeZone));
  const nothing = data !== undefined && data.now.runs === 0 && data.before.runs === 0;
  return (
    <PageBody>
      <Section
        title={t('job.jobCompare.this-time-range-against', 'This time range against the one before')}
        note={t('job.jobCompare.against', '{{middle}} – {{end}} against {{start}} – {{middle}}', {
          middle,
          end,
          start,
        })}
        loading={loading}
        error={error}
        actions={
          <CsvButton
            name={t('job.jobCompare.compared', '{{job}} compared', { job })}
            rows={figures}
            columns={FIGURE_COLUMNS}
          />
        }
      >
        {nothing && <p>{t('job.jobCompare.no-run-in-either', 'No run in either time.')}</p>}
        {data && !nothing && <FigureTable figures={figures} />}
      </Section>
      <Section
        title={t('job.jobCompare.errors-that-are-new', 'Errors that are new, and gone')}
        note={data && noteOf(changes)}
        loading={loading}
        actions={
          <CsvButton
            name={t('job.jobCompare.errors-compared', '{{job}} errors compared', { job })}
            rows={changes}
            columns={FAILURE_COLUMNS}
          />
        }
      >
        {changes.length > 0 && <FailureChanges changes={changes} />}
        {data && changes.length === 0 && <p>{t('job.jobCompare.no-run-failed-in', 'No run failed in either time.')}</p>}
      </Section>
    </PageBody>
  );
}

function noteOf(changes: FailureChange[]): string {
  const count = (change: FailureChange['change']) => changes.filter((one) => one.change === change).length;
  return t('job.jobCompare.new-gone-in-both', '{{n}} new, {{n2}} gone, {{n3}} in both', {
    n: count('new'),
    n2: count('gone'),
    n3: count('both'),
  });
}

const FIGURE_COLUMNS = [
  { name: 'figure', value: ({ label }: Figure) => label },
  { name: 'before', value: ({ before }: Figure) => before },
  { name: 'now', value: ({ now }: Figure) => now },
];

const FAILURE_COLUMNS = [
  { name: 'change', value: ({ change }: FailureChange) => change },
  { name: 'error_type', value: ({ failure }: FailureChange) => failure.errorType },
  { name: 'error_line', value: ({ failure }: FailureChange) => failure.line ?? failure.message },
  { name: 'before', value: ({ before }: FailureChange) => before },
  { name: 'now', value: ({ now }: FailureChange) => now },
];
