import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { readRows, type Row } from '../../components/client/frames';
import type { RunAnswer } from '../../components/client/answers';
import { Card } from '../../components/common/Card';
import { ErrorMessage } from '../../components/common/ErrorMessage';
import { useJobHistory } from '../../components/JobHistoryContext';
import { formatDuration } from '../../components/model/duration';
import { toNumber, toText } from '../../components/model/narrow';
import { isStatus } from '../../components/model/status';
import { formatTime } from '../../components/model/time';
import { StatusIcon } from '../../components/status/StatusIcon';
import { useQuestion } from '../common/useQuestion';
import { hrefTo } from '../paths';

const WORDS: Record<string, string> = {
  parent: 'part of',
  called_by: 'called by',
  child: 'has the part',
  called: 'called',
};

/** The runs that this one belongs to, and those that belong to it; nothing where it stands alone. */
export function RelatedCard({ run }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  const { data: rows = [], error } = useQuestion({ question: 'related', key: run.key }, ([frame]) => readRows(frame));
  if (rows.length === 0 && !error) {
    return null;
  }
  return (
    <Card title="Related runs">
      {error && <ErrorMessage error={error} />}
      <ul className={styles.list}>
        {rows.map((row, index) => (
          <RelatedRun key={index} row={row} />
        ))}
      </ul>
    </Card>
  );
}

function RelatedRun({ row }: { row: Row }) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useJobHistory();
  const [key, job, run] = [toText(row('key')), toText(row('job')) ?? '', toText(row('run')) ?? ''];
  const [status, at, duration] = [row('status'), toNumber(row('at')), toNumber(row('duration'))];
  const name = (
    <>
      {job} <span className={styles.run}>#{run}</span>
    </>
  );
  return (
    <li className={styles.item}>
      <span className={styles.relation}>{WORDS[String(row('relation'))] ?? 'with'}</span>
      {key !== undefined && isStatus(status) && <StatusIcon status={status} size="sm" />}
      {key === undefined ? (
        <span title="Nothing was received of this run">{name}</span>
      ) : (
        <a href={hrefTo('run', { key, job })} className={styles.link}>
          {name}
        </a>
      )}
      {at !== undefined && key !== undefined && (
        <span className={styles.quiet}>
          {formatTime(at, timeZone)}
          {duration !== undefined && ` · ${formatDuration(duration)}`}
        </span>
      )}
    </li>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', margin: 0, padding: 0 }),
  item: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(0.25, 0.75) }),
  relation: css({ color: theme.colors.text.secondary, minWidth: 80 }),
  run: css({ fontFamily: theme.typography.fontFamilyMonospace, fontSize: theme.typography.bodySmall.fontSize }),
  link: css({ color: theme.colors.text.link, overflowWrap: 'anywhere', '&:hover': { textDecoration: 'underline' } }),
  quiet: css({ color: theme.colors.text.secondary }),
});
