import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { MEDIUM } from '../../components/common/styles';
import { PageBody } from '../common/PageBody';
import { useChoice } from '../common/useParam';
import { useQuestion } from '../common/useQuestion';
import { CorePanel } from '../scene/CorePanel';
import { ATTENTION_STATES, readAttention } from './attention';
import { AttentionList } from './AttentionList';
import { NewestErrors } from './NewestErrors';
import { NowTiles } from './NowTiles';

const MOST = 200;
const CHART_HEIGHT = 250;

/** On-call's first screen: what is wrong now, and the way to the line that says why. */
export default function NowPage() {
  const styles = useStyles2(getStyles);
  const [state] = useChoice('state', ['', ...ATTENTION_STATES]);
  const attention = useQuestion({ question: 'attention', limit: MOST, state: state || undefined }, readAttention);
  return (
    <PageBody>
      <NowTiles totals={attention.data?.totals} state={state} />
      <div className={styles.list}>
        <AttentionList attention={attention} state={state} />
      </div>
      <div className={styles.charts}>
        <CorePanel name="baseline" height={CHART_HEIGHT} />
        <NewestErrors />
      </div>
    </PageBody>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1.25) }),
  charts: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr)',
    alignItems: 'start',
    gap: theme.spacing(1.25),
    [MEDIUM]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  }),
});
