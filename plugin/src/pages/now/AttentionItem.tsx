import { css } from '@emotion/css';
import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { ellipsis, MEDIUM, NARROW, twoLines } from '../../components/common/styles';
import { useJobHistory } from '../../components/JobHistoryContext';
import { stripAnsi } from '../../components/model/ansi';
import { formatRate } from '../../components/model/numbers';
import type { Tone } from '../../components/model/status';
import { formatTime } from '../../components/model/time';
import { toneFill, toneText } from '../../components/status/tone';
import { RunbookLink } from '../../components/common/RunbookLink';
import { RunStrip } from '../common/RunStrip';
import { AcknowledgeButton } from './AcknowledgeButton';
import { hrefTo } from '../paths';
import { attentionTone, type AttentionRow } from './attention';
import { t } from '../../i18n/t';

const MAX_LINE = 300;
/** A change of the failure rate under this says nothing. */
const NOTABLE_RISE = 0.005;

/** One job that needs a look; its error line opens the run at that line. */
export function AttentionItem({ row }: { row: AttentionRow }) {
  const styles = useStyles2(getStyles, attentionTone(row.state));
  const { job, owner, state, reason, failureRate, rise = 0, key, line, acknowledged, runbookUrl } = row;
  return (
    <li className={styles.item} data-job={job}>
      <div className={styles.job}>
        <a href={hrefTo('job', { job })} className={styles.name} title={job}>
          {job}
        </a>
        {owner && <span className={styles.quiet}>{owner}</span>}
      </div>
      <div className={styles.strip}>
        <RunStrip job={job} runs={row.strip} />
      </div>
      <div className={styles.rate}>
        {formatRate(failureRate)}
        {Math.abs(rise) >= NOTABLE_RISE && (
          <span className={styles.quiet}>
            {t('now.attentionItem.pts', '{{value}} pts', {
              value: `${rise > 0 ? '+' : '−'}${(Math.abs(rise) * 100).toFixed(1)}`,
            })}
          </span>
        )}
      </div>
      <div className={styles.why}>
        <span className={styles.badge} data-state={state}>
          {reason}
        </span>
        {acknowledged && <Acknowledged {...acknowledged} />}
      </div>
      <div className={styles.line}>
        {key ? (
          <a
            href={hrefTo('run', { key, job })}
            title={t('now.attentionItem.open-the-run-at', 'Open the run at this line')}
          >
            {line ? stripAnsi(line.slice(0, MAX_LINE)) : t('now.attentionItem.open-the-run', 'open the run')}
          </a>
        ) : (
          line
        )}
      </div>
      <div className={styles.actions}>
        <RunbookLink url={runbookUrl} />
        {key && <AcknowledgeButton run={{ key, job }} acknowledged={acknowledged !== undefined} />}
      </div>
    </li>
  );
}

function Acknowledged({ by, until, note }: NonNullable<AttentionRow['acknowledged']>) {
  const styles = useStyles2(getStyles, 'secondary');
  const { timeZone } = useJobHistory();
  return (
    <span className={styles.acknowledged}>
      {t('now.attentionItem.acknowledged-by', 'acknowledged by {{by}}', { by })}
      {until === undefined
        ? ''
        : t('now.attentionItem.until', ' until {{until}}', { until: formatTime(until, timeZone) })}
      {note && `: ${note}`}
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2, tone: Tone) => ({
  item: css({
    display: 'grid',
    gridColumn: '1 / -1',
    gridTemplateColumns: 'subgrid',
    alignItems: 'center',
    gap: theme.spacing(0.5, 2),
    padding: theme.spacing(0.75, 0),
    borderTop: `1px solid ${theme.colors.border.weak}`,
    '& a:hover': { textDecoration: 'underline' },
    [MEDIUM]: {
      gridTemplateColumns: 'minmax(0, 1fr) 216px 190px',
      gridTemplateAreas: '"job strip rate" "line why actions"',
    },
    [NARROW]: {
      gridTemplateColumns: 'minmax(0, 1fr) max-content 76px',
      gridTemplateAreas: '"job job rate" "line line line" "why actions actions" "strip strip strip"',
    },
  }),
  job: css({ minWidth: 0, [MEDIUM]: { gridArea: 'job' } }),
  name: css({ ...ellipsis, display: 'block', fontWeight: theme.typography.fontWeightMedium }),
  quiet: css({
    ...ellipsis,
    display: 'block',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  acknowledged: css({
    ...twoLines,
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  strip: css({ display: 'flex', [MEDIUM]: { gridArea: 'strip' } }),
  rate: css({ fontVariantNumeric: 'tabular-nums', [MEDIUM]: { gridArea: 'rate', textAlign: 'right' } }),
  why: css({ minWidth: 0, [MEDIUM]: { gridArea: 'why' } }),
  badge: css({
    display: 'inline-block',
    padding: theme.spacing(0.25, 1),
    borderRadius: theme.shape.radius.pill,
    border: `1px solid ${colorManipulator.alpha(toneFill(theme, tone), 0.4)}`,
    background: colorManipulator.alpha(toneFill(theme, tone), 0.1),
    color: toneText(theme, tone),
    fontSize: theme.typography.bodySmall.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
  }),
  line: css({
    minWidth: 0,
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    overflowWrap: 'anywhere',
    '& a': twoLines,
    [MEDIUM]: { gridArea: 'line' },
  }),
  actions: css({
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'flex-end',
    gap: theme.spacing(1),
    [MEDIUM]: { gridArea: 'actions' },
  }),
});
