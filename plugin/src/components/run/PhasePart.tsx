import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { StateLink } from '../common/StateLink';
import { formatCount } from '../model/numbers';
import { countOf, RECORD_GROUPS, type Phase, type RecordGroup } from '../model/recordGroups';
import { PhaseFacts } from './PhaseFacts';
import { PhaseRecords } from './PhaseRecords';
import { t } from '../../i18n/t';

/** One of the two parts of a run: how many items it handled, how many of them well, and which. */
export function PhasePart({ run, phase }: { run: RunAnswer; phase: Phase }) {
  const styles = useStyles2(getStyles);
  const groups = RECORD_GROUPS.filter((group) => group.phase === phase);
  const [good = 0, bad = 0] = groups.map((group) => countOf(run, group));
  const total = good + bad;
  const name = phase.toUpperCase();
  return (
    <section aria-label={name} className={styles.part}>
      <h4 className={styles.head}>
        {name}{' '}
        <span className={styles.total}>
          {t('run.phasePart.in-total', '{{total}} in total', { total: formatCount(total) })}
        </span>
      </h4>
      <div className={styles.bar} aria-hidden>
        {total > 0 && <span className={styles.good} style={{ flexGrow: good }} />}
        {bad > 0 && <span className={styles.bad} style={{ flexGrow: bad }} />}
      </div>
      {groups.map((group) => (
        <GroupLink key={group.name} group={group} count={countOf(run, group)} />
      ))}
      <PhaseFacts value={run[phase]} />
      <PhaseRecords run={run} phase={phase} />
    </section>
  );
}

function GroupLink({ group, count }: { group: RecordGroup; count: number }) {
  const styles = useStyles2(getStyles);
  const { name, phase, outcome } = group;
  const failure = outcome === 'failure';
  return (
    <StateLink
      to={{ tab: 'records', phase, outcome, recordSearch: '' }}
      className={cx(styles.link, count > 0 && (failure ? styles.badText : styles.goodText))}
    >
      <Icon name={failure ? 'times' : 'check'} size="sm" aria-hidden /> <b>{formatCount(count)}</b> {name}
    </StateLink>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  part: css({ display: 'flex', flexDirection: 'column', alignItems: 'start', gap: theme.spacing(0.5), minWidth: 0 }),
  head: css({
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: theme.spacing(0, 1),
    width: '100%',
    margin: 0,
    fontSize: theme.typography.bodySmall.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
    letterSpacing: '0.04em',
  }),
  total: css({
    color: theme.colors.text.secondary,
    fontWeight: theme.typography.fontWeightRegular,
    letterSpacing: 0,
    fontVariantNumeric: 'tabular-nums',
  }),
  bar: css({
    display: 'flex',
    gap: 1,
    width: '100%',
    height: 4,
    marginBottom: theme.spacing(0.25),
    borderRadius: 2,
    overflow: 'hidden',
    background: theme.colors.action.hover,
  }),
  good: css({ background: theme.colors.success.main }),
  // Two failures among a million records can still be seen.
  bad: css({ background: theme.colors.error.main, minWidth: 6 }),
  link: css({
    color: theme.colors.text.secondary,
    fontVariantNumeric: 'tabular-nums',
    textDecoration: 'underline',
    textDecorationColor: theme.colors.border.strong,
    textUnderlineOffset: 3,
    '& b': { fontWeight: theme.typography.fontWeightMedium },
    '&:hover': { textDecorationColor: 'currentcolor' },
  }),
  goodText: css({ color: theme.colors.success.text }),
  badText: css({ color: theme.colors.error.text }),
});
