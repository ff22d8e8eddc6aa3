import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { map } from 'rxjs';
import type { RunAnswer } from '../client/answers';
import { readRows, type Row } from '../client/frames';
import { Card } from '../common/Card';
import { ErrorMessage } from '../common/ErrorMessage';
import { RunLink } from '../common/RunLink';
import { useAnswer } from '../hooks/useAnswer';
import { useJobHistory } from '../JobHistoryContext';
import { formatDuration } from '../model/duration';
import { toNumber, toText } from '../model/narrow';
import { isStatus } from '../model/status';
import { formatTime } from '../model/time';
import { StatusIcon } from '../status/StatusIcon';
import { t } from '../../i18n/t';

const relationWords = (): Record<string, string> => ({
  parent: t('run.relatedCard.part-of', 'part of'),
  called_by: t('run.relatedCard.called-by', 'called by'),
  child: t('run.relatedCard.has-the-part', 'has the part'),
  called: 'called',
});

/** The runs that this one belongs to, and those that belong to it; nothing where it stands alone. */
export function RelatedCard({ run }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  const { data: rows = [], error } = useRelated(run);
  if (rows.length === 0 && !error) {
    return null;
  }
  return (
    <Card title={t('run.relatedCard.related-runs', 'Related runs')}>
      {error && <ErrorMessage error={error} />}
      <ul className={styles.list}>
        {rows.map((row, index) => (
          <RelatedRun key={index} row={row} />
        ))}
      </ul>
    </Card>
  );
}

function useRelated({ key }: RunAnswer) {
  const { client, range, refresh } = useJobHistory();
  return useAnswer(
    () =>
      client
        .ask([{ refId: 'A', question: 'related', key }], { range })
        .pipe(map((answers) => readRows(answers.get('A')?.[0]))),
    `${client.id} related to ${key}`,
    refresh
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
      <span className={styles.relation}>
        {relationWords()[String(row('relation'))] ?? t('run.relatedCard.with', 'with')}
      </span>
      {key !== undefined && isStatus(status) && <StatusIcon status={status} size="sm" />}
      {key === undefined ? (
        <span title={t('run.relatedCard.nothing-was-received-of', 'Nothing was received of this run')}>{name}</span>
      ) : (
        <RunLink run={key} className={styles.link}>
          {name}
        </RunLink>
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
