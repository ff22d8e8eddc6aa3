import { useMemo } from 'react';
import type { Answer } from '../../components/hooks/useAnswer';
import { CsvButton } from '../common/CsvButton';
import { Section } from '../common/Section';
import { useParam } from '../common/useParam';
import { PeriodChart } from './PeriodChart';
import { PeriodTable } from './PeriodTable';
import { byPeriod, type Stats, type TrendRow } from './trends';
import type { TrendChoice } from './useTrends';
import { measureLabels } from './words';
import { groupWord } from '../common/groupWord';
import { t } from '../../i18n/t';

interface Props {
  choice: TrendChoice;
  trends: Answer<TrendRow[]>;
}

/** A measure over the periods, and one period in figures: the last one, or the one that was clicked. */
export function PeriodsSection({ choice, trends }: Props) {
  const { period, group, measure } = choice;
  const { data, error, loading } = trends;
  const periods = useMemo(() => byPeriod(data ?? []), [data]);
  const [at, setAt] = useParam('at');
  const shown = periods.find(([row]) => row?.start === Number(at)) ?? periods.at(-1);
  const first = shown?.[0];
  const groupWords = group === '' ? '' : t('trends.periodsSection.by', ', by {{value}}', { value: groupWord(group) });
  return (
    <>
      <Section
        title={t('trends.periodsSection.by-2', '{{measureLabels}} by {{period}}{{groupWords}}', {
          measureLabels: measureLabels()[measure],
          period,
          groupWords,
        })}
        note={
          first?.unfinished || periods.at(-1)?.[0]?.unfinished
            ? t('trends.periodsSection.dashed-not-over-yet', 'dashed: not over yet')
            : undefined
        }
        loading={loading}
        error={error}
        actions={
          <CsvButton
            name={t('trends.periodsSection.trends-by', 'trends by {{period}}', { period })}
            rows={data ?? []}
            columns={columnsFor(group)}
          />
        }
      >
        {data?.length === 0 && <p>{t('trends.periodsSection.no-run-in-this', 'No run in this time range.')}</p>}
        {data && data.length > 0 && (
          <PeriodChart
            periods={periods}
            measure={measure}
            selected={first?.start}
            onSelect={(start) => setAt(String(start))}
          />
        )}
      </Section>
      {shown && first && (
        <Section
          title={first.label}
          note={
            first.unfinished
              ? t(
                  'trends.periodsSection.not-over-yet-compared',
                  'not over yet: compared with as much of the {{period}} before',
                  { period }
                )
              : t('trends.periodsSection.compared-with-the-before', 'compared with the {{period}} before', { period })
          }
        >
          <PeriodTable rows={shown} group={group} measure={measure} />
        </Section>
      )}
    </>
  );
}

function columnsFor(group: string) {
  const stats = (ending: '' | '_before', of: (row: TrendRow) => Stats) => [
    { name: `runs${ending}`, value: (row: TrendRow) => of(row).runs },
    { name: `failures${ending}`, value: (row: TrendRow) => of(row).failures },
    { name: `success_rate${ending}`, value: (row: TrendRow) => of(row).successRate },
    { name: `execution_time_ms${ending}`, value: (row: TrendRow) => of(row).total },
    { name: `mean_ms${ending}`, value: (row: TrendRow) => of(row).mean },
    { name: `p50_ms${ending}`, value: (row: TrendRow) => of(row).p50 },
    { name: `p95_ms${ending}`, value: (row: TrendRow) => of(row).p95 },
  ];
  return [
    { name: 'period', value: (row: TrendRow) => row.label },
    { name: 'from', value: (row: TrendRow) => new Date(row.start).toISOString() },
    { name: 'to', value: (row: TrendRow) => new Date(row.end).toISOString() },
    { name: 'unfinished', value: (row: TrendRow) => row.unfinished },
    ...(group === '' ? [] : [{ name: group, value: (row: TrendRow) => row.group }]),
    ...stats('', ({ now }) => now),
    ...stats('_before', ({ before }) => before),
  ];
}
