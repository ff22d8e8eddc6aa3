import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { Section } from '../common/Section';
import { useJobHistory } from '../../components/JobHistoryContext';
import { useChoice } from '../common/useParam';
import { ChangeList } from './ChangeList';
import { isShort } from './history';
import { ShortHistory } from './ShortHistory';
import { CHANGE_MEASURES, type Changes } from './changes';
import { measureLabels } from './words';
import { groupWord } from '../common/groupWord';
import { t } from '../../i18n/t';

const measureOptions = () => CHANGE_MEASURES.map((value) => ({ value, label: measureLabels()[value] }));

/** What became worse and what became better, the most first, against the time before of the same length. */
export function ChangesSection({ changes }: { changes: Changes }) {
  const styles = useStyles2(getStyles);
  const { range } = useJobHistory();
  const [measure, setMeasure] = useChoice('by', CHANGE_MEASURES);
  const { worse, better } = changes;
  const oldest = worse.data?.oldest;
  const short = isShort(oldest, range.from.valueOf(), range.to.valueOf());
  const nothing = worse.data?.rows.length === 0 && better.data?.rows.length === 0;
  return (
    <Section
      title={t('trends.changesSection.biggest-changes-of', 'Biggest changes of {{measureLabels}}', {
        measureLabels: measureLabels()[measure],
      })}
      note={t('trends.changesSection.by-against-the-time', 'by {{value}}, against the time before', {
        value: groupWord(changes.group),
      })}
      actions={
        <RadioButtonGroup
          aria-label={t('trends.changesSection.of', 'Of')}
          size="sm"
          options={measureOptions()}
          value={measure}
          onChange={setMeasure}
        />
      }
    >
      {short && <ShortHistory oldest={oldest} />}
      {!(short && nothing) && (
        <div className={styles}>
          <ChangeList direction="worse" changes={changes} />
          <ChangeList direction="better" changes={changes} />
        </div>
      )}
    </Section>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 380px), 1fr))',
    gap: theme.spacing(1.25, 3),
  });
