import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Combobox, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { scrollingChoices } from '../../components/common/styles';
import { useGroupOptions } from '../common/useGroupOptions';
import { useChoice, useParam } from '../common/useParam';
import { MEASURES } from './trends';
import { PERIODS, type PeriodName } from './useTrends';
import { measureLabels } from './words';
import { t } from '../../i18n/t';

const periodLabels = (): Record<PeriodName, string> => ({
  day: t('trends.trendControls.day', 'Day'),
  week: t('trends.trendControls.week', 'Week'),
  month: t('trends.trendControls.month', 'Month'),
});
const periodOptions = () => PERIODS.map((value) => ({ value, label: periodLabels()[value] }));
const measureOptions = () => MEASURES.map((value) => ({ value, label: measureLabels()[value] }));

/** What is measured, by which periods, in which groups. */
export function TrendControls() {
  const styles = useStyles2(getStyles);
  const [period, setPeriod] = useChoice('period', PERIODS);
  const [measure, setMeasure] = useChoice('measure', MEASURES);
  const [group, setGroup] = useParam('group');
  const groupOptions = useGroupOptions({ job: true });
  return (
    <div className={styles.row} role="group" aria-label={t('trends.trendControls.what-is-shown', 'What is shown')}>
      <RadioButtonGroup
        aria-label={t('trends.trendControls.period', 'Period')}
        options={periodOptions()}
        value={period}
        onChange={setPeriod}
      />
      <RadioButtonGroup
        aria-label={t('trends.trendControls.measure', 'Measure')}
        options={measureOptions()}
        value={measure}
        onChange={setMeasure}
      />
      <div className={styles.group}>
        <label htmlFor="trends-group">{t('trends.trendControls.group-by', 'Group by')}</label>
        <Combobox
          id="trends-group"
          value={group}
          options={groupOptions}
          onChange={(option) => setGroup(option.value)}
          width="auto"
          minWidth={12}
          maxWidth={24}
        />
      </div>
      <Button className={styles.print} icon="file-alt" variant="secondary" onClick={() => window.print()}>
        {t('trends.trendControls.print', 'Print')}
      </Button>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1), ...scrollingChoices }),
  group: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), whiteSpace: 'nowrap' }),
  print: css({ marginLeft: 'auto' }),
});
