import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Badge, useStyles2 } from '@grafana/ui';
import { Table } from '../../../components/common/Table';
import { stripAnsi } from '../../../components/model/ansi';
import { failureDelta } from '../../../components/model/delta';
import { formatCount } from '../../../components/model/numbers';
import { DeltaText } from '../../common/DeltaText';
import { hrefTo } from '../../paths';
import type { FailureChange } from './failureChanges';

const LOOKS = {
  new: { color: 'red', text: 'new', tooltip: 'Not seen in the time before' },
  gone: { color: 'green', text: 'gone', tooltip: 'Seen in the time before, and not since' },
} as const;
const MAX_LINE = 300;

/** The ways to fail of both times; a click opens the newest run of each. */
export function FailureChanges({ changes }: { changes: FailureChange[] }) {
  const styles = useStyles2(getStyles);
  return (
    <Table head={['Error', 'Before', 'Now', 'Change']} numeric>
      {changes.map(({ change, failure, now, before }) => (
        <tr key={failure.fingerprint}>
          <th scope="row">
            <span className={styles.type}>
              {change !== 'both' && <Badge {...LOOKS[change]} className={styles.badge} />}
              {failure.errorType ?? 'No error type'}
            </span>
            <a href={hrefTo('run', failure.last)} className={styles.line} title="The newest run that failed like this">
              {stripAnsi((failure.line ?? failure.message ?? 'no message').slice(0, MAX_LINE))}
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
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 2,
    overflow: 'hidden',
    overflowWrap: 'anywhere',
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    color: theme.colors.error.text,
    '&:hover': { textDecoration: 'underline' },
  }),
});
