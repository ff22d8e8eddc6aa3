import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Badge, useStyles2 } from '@grafana/ui';
import { errorLine } from '../../../components/common/styles';
import { Table } from '../../../components/common/Table';
import { failureDelta } from '../../../components/model/delta';
import { formatCount } from '../../../components/model/numbers';
import { DeltaText } from '../../common/DeltaText';
import { whatFailed } from '../../failures/failures';
import { hrefTo } from '../../paths';
import type { FailureChange } from './failureChanges';
import { t } from '../../../i18n/t';

const looks = () =>
  ({
    new: {
      color: 'red',
      text: t('compare.failureChanges.new', 'new'),
      tooltip: t('compare.failureChanges.not-seen-in-the', 'Not seen in the time before'),
    },
    gone: {
      color: 'green',
      text: t('compare.failureChanges.gone', 'gone'),
      tooltip: t('compare.failureChanges.seen-in-the-time', 'Seen in the time before, and not since'),
    },
  }) as const;

/** The ways to fail of both times; a click opens the newest run of each. */
export function FailureChanges({ changes }: { changes: FailureChange[] }) {
  const styles = useStyles2(getStyles);
  return (
    <Table
      head={[
        t('compare.failureChanges.error', 'Error'),
        t('compare.failureChanges.before', 'Before'),
        t('compare.failureChanges.now', 'Now'),
        t('compare.failureChanges.change', 'Change'),
      ]}
      numeric
    >
      {changes.map(({ change, failure, now, before }) => (
        <tr key={failure.fingerprint}>
          <th scope="row">
            <span className={styles.type}>
              {change !== 'both' && <Badge {...looks()[change]} className={styles.badge} />}
              {failure.errorType ?? t('compare.failureChanges.no-error-type', 'No error type')}
            </span>
            <a
              href={hrefTo('run', failure.last)}
              className={styles.line}
              title={t('compare.failureChanges.the-newest-run-that', 'The newest run that failed like this')}
            >
              {whatFailed(failure)}
            </a>
          </th>
          <td>{formatCount(before)}</td>
          <td>{formatCount(now)}</td>
          <td>
            <DeltaText delta={failureDelta(now, before)} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  type: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), overflowWrap: 'anywhere' }),
  badge: css({ flex: 'none' }),
  line: css({
    ...errorLine(theme),
    '&:hover': { textDecoration: 'underline' },
  }),
});
