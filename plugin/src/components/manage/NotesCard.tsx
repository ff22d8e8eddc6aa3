import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { Card } from '../common/Card';
import { LongText } from '../common/LongText';
import { useJobHistory } from '../JobHistoryContext';
import { formatExactTime, formatTime, toMs } from '../model/time';
import { t } from '../../i18n/t';

/** What people said about a run: who looks after it, and their notes, the newest first. */
export function NotesCard({ run }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  const { acknowledged, notes } = run;
  if (!acknowledged && notes.length === 0) {
    return null;
  }
  return (
    <Card title={t('manage.notesCard.notes', 'Notes')}>
      {acknowledged && (
        <p className={styles.acknowledged}>
          <Icon name="eye" size="sm" aria-hidden /> {t('manage.notesCard.acknowledged-by', 'Acknowledged by')}{' '}
          <b>{acknowledged.by}</b>
          {acknowledged.until && (
            <>
              {' '}
              {t('manage.notesCard.until', 'until')} <Moment time={acknowledged.until} />
            </>
          )}
          {acknowledged.note && `: ${acknowledged.note}`}
        </p>
      )}
      <ul className={styles.notes}>
        {[...notes].reverse().map((note) => (
          <li key={`${note.at} ${note.by}`}>
            <span className={styles.who}>
              {note.by}, <Moment time={note.at} />
            </span>
            <div className={styles.text}>
              <LongText text={note.text} />
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Moment({ time }: { time: string }) {
  const { timeZone } = useJobHistory();
  const ms = toMs(time) ?? 0;
  return (
    <time dateTime={time} title={formatExactTime(ms, timeZone)}>
      {formatTime(ms, timeZone)}
    </time>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  acknowledged: css({
    margin: theme.spacing(0, 0, 0.75),
    overflowWrap: 'anywhere',
    '& b': { fontWeight: theme.typography.fontWeightMedium },
  }),
  notes: css({ listStyle: 'none', display: 'grid', gap: theme.spacing(0.75) }),
  who: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  text: css({ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }),
});
