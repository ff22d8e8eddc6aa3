import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { readRows } from '../../components/client/frames';
import type { RunField } from '../../components/client/types';
import { Table } from '../../components/common/Table';
import type { Delta } from '../../components/model/delta';
import { toNumber, toText } from '../../components/model/narrow';
import { formatCount } from '../../components/model/numbers';
import { CsvButton } from '../common/CsvButton';
import { DeltaText } from '../common/DeltaText';
import { Section } from '../common/Section';
import { useChoice } from '../common/useParam';
import { useQuestion } from '../common/useQuestion';
import { useJobHistory } from '../../components/JobHistoryContext';
import { groupHref } from './groupHref';
import type { Measure } from './trends';
import { MEASURE_LABELS, formatMeasure } from './words';

const CHANGE_MEASURES = ['p50', 'p95', 'mean', 'total', 'success_rate'] as const satisfies readonly Measure[];
type ChangeMeasure = (typeof CHANGE_MEASURES)[number];
const OPTIONS = CHANGE_MEASURES.map((value) => ({ value, label: MEASURE_LABELS[value] }));

interface Change {
  name: string;
  now?: number;
  before?: number;
  change: number;
  runs: number;
  runsBefore: number;
}

/** What became worse and what became better, the most first, against the time before of the same length. */
export function ChangesSection({ group }: { group: string }) {
  const styles = useStyles2(getStyles);
  const [measure, setMeasure] = useChoice('by', CHANGE_MEASURES);
  const field = group === '' ? 'job' : group;
  return (
    <Section
      title="Biggest changes"
      note={`by ${field.replace(/^tag:/, 'tag ')}, against the time before`}
      actions={<RadioButtonGroup aria-label="Of" size="sm" options={OPTIONS} value={measure} onChange={setMeasure} />}
    >
      <div className={styles.lists}>
        <ChangeList title="Worse" direction="worse" measure={measure} group={field} />
        <ChangeList title="Better" direction="better" measure={measure} group={field} />
      </div>
    </Section>
  );
}

interface ListProps {
  title: string;
  direction: 'worse' | 'better';
  measure: ChangeMeasure;
  group: string;
}

function ChangeList({ title, direction, measure, group }: ListProps) {
  const styles = useStyles2(getStyles);
  const { range } = useJobHistory();
  const { data, error, loading } = useQuestion(
    { question: 'changes', measure, direction, groupBy: [group as RunField], limit: 10 },
    ([frame]) =>
      readRows(frame).map((row): Change => ({
        name: toText(row(group.replace(/^tag:/, ''))) ?? '',
        now: toNumber(row('now')),
        before: toNumber(row('before')),
        change: toNumber(row('change')) ?? 0,
        runs: toNumber(row('runs')) ?? 0,
        runsBefore: toNumber(row('runs_before')) ?? 0,
      }))
  );
  const rows = data ?? [];
  const span = { start: range.from.valueOf(), end: range.to.valueOf() };
  return (
    <Section
      title={title}
      loading={loading}
      error={error}
      className={styles.list}
      actions={<CsvButton name={`${measure} ${direction}`} rows={rows} columns={columnsFor(group, measure)} />}
    >
      {rows.length > 0 && (
        <Table head={[group.replace(/^tag:/, 'tag '), 'Before', 'Now', 'Change', 'Runs']}>
          {rows.map((row) => (
            <tr key={row.name}>
              <td className={styles.name}>
                {row.name === '' ? (
                  <i>none</i>
                ) : (
                  <a href={groupHref(group, { group: row.name, ...span })}>{row.name}</a>
                )}
              </td>
              <td>{formatMeasure(row.before, measure)}</td>
              <td>{formatMeasure(row.now, measure)}</td>
              <td>
                <DeltaText delta={toDelta(row.change, measure, direction)} />
              </td>
              <td>{formatCount(row.runs)}</td>
            </tr>
          ))}
        </Table>
      )}
      {data && rows.length === 0 && <p className={styles.quiet}>Nothing became {direction}.</p>}
    </Section>
  );
}

function toDelta(change: number, measure: ChangeMeasure, direction: ListProps['direction']): Delta {
  const size = Math.abs(change) * 100;
  const text = measure === 'success_rate' ? `${size.toFixed(1)} pts` : `${size.toFixed(size < 10 ? 1 : 0)} %`;
  return { arrow: change > 0 ? '▲' : '▼', text, mood: direction === 'worse' ? 'bad' : 'good' };
}

function columnsFor(group: string, measure: ChangeMeasure) {
  const unit = measure === 'success_rate' ? '' : '_ms';
  return [
    { name: group, value: ({ name }: Change) => name },
    { name: `${measure}${unit}_before`, value: ({ before }: Change) => before },
    { name: `${measure}${unit}`, value: ({ now }: Change) => now },
    { name: 'change', value: ({ change }: Change) => change },
    { name: 'runs', value: ({ runs }: Change) => runs },
    { name: 'runs_before', value: ({ runsBefore }: Change) => runsBefore },
  ];
}

const getStyles = (theme: GrafanaTheme2) => ({
  lists: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 380px), 1fr))',
    gap: theme.spacing(1.25),
  }),
  list: css({ border: 'none', padding: 0 }),
  name: css({ overflowWrap: 'anywhere', '& a': { color: theme.colors.text.link } }),
  quiet: css({ margin: 0, color: theme.colors.text.secondary }),
});
