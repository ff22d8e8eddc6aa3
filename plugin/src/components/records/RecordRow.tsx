import { cx } from '@emotion/css';
import { ClipboardButton, Icon, useStyles2 } from '@grafana/ui';
import type { RecordAnswer } from '../client/answers';
import { Highlight } from '../common/Highlight';
import { LongText } from '../common/LongText';
import { visuallyHidden } from '../common/styles';
import { ValueTree } from '../common/ValueTree';
import { useJobHistory } from '../JobHistoryContext';
import { groupOf } from '../model/recordGroups';
import { maskSecrets, maskText } from '../model/secrets';
import { formatExactTime, toMs } from '../model/time';
import { StatusIcon } from '../status/StatusIcon';
import { getRecordStyles } from './recordStyles';
import { t } from '../../i18n/t';

interface Props {
  record: RecordAnswer;
  find: string;
  open: boolean;
  onToggle(): void;
}

/** A cell shows a hundred characters at most. */
const MAX_CELL = 300;

/** One item that a run handled: a line, and when opened all that was said of it. */
export function RecordRow({ record, find, open, onToggle }: Props) {
  const styles = useStyles2(getRecordStyles);
  const { key, message, data, outcome } = record;
  const failed = outcome === 'failure';
  return (
    <div className={cx(open && styles.open)}>
      <button type="button" className={styles.row} aria-expanded={open} onClick={onToggle}>
        <StatusIcon status={failed ? 'failed' : 'succeeded'} size="sm" decorative />
        <span className={styles.key}>
          <span className={visuallyHidden}>{groupOf(record)?.name}: </span>
          <Highlight text={key.slice(0, MAX_CELL)} find={find} />
        </span>
        <span className={cx(styles.message, failed && styles.failed)}>
          <Highlight text={maskText(message.slice(0, MAX_CELL))} find={find} />
        </span>
        <span className={styles.data}>{hasData(data) && previewOf(data)}</span>
        <Icon name={open ? 'angle-down' : 'angle-right'} aria-hidden />
      </button>
      {open && <RecordDetail record={record} />}
    </div>
  );
}

function RecordDetail({ record }: { record: RecordAnswer }) {
  const styles = useStyles2(getRecordStyles);
  const { timeZone } = useJobHistory();
  const { phase, key, message, data, received_at } = record;
  return (
    <div className={styles.detail}>
      <dl className={styles.facts}>
        <dt>{t('records.recordRow.key', 'Key')}</dt>
        <dd>
          <code>{key}</code>
        </dd>
        {message && (
          <>
            <dt>{t('records.recordRow.message', 'Message')}</dt>
            <dd>
              <LongText text={maskText(message)} />
            </dd>
          </>
        )}
        <dt>{t('records.recordRow.part', 'Part')}</dt>
        <dd>
          {phase.toUpperCase()}, {groupOf(record)?.name}
        </dd>
        <dt>{t('records.recordRow.received', 'Received')}</dt>
        <dd>{formatExactTime(toMs(received_at) ?? 0, timeZone)}</dd>
      </dl>
      {hasData(data) && <ValueTree value={data} open />}
      <ClipboardButton
        icon="copy"
        size="sm"
        variant="secondary"
        getText={() => JSON.stringify(maskSecrets(record), null, 2)}
      >
        {t('records.recordRow.copy-as-json', 'Copy as JSON')}
      </ClipboardButton>
    </div>
  );
}

function hasData(data: unknown): boolean {
  return data !== null && data !== undefined && (typeof data !== 'object' || Object.keys(data).length > 0);
}

/** The data on one line: names and values without the punctuation of JSON. */
function previewOf(data: unknown): string {
  const shown = maskSecrets(data);
  const text =
    typeof shown === 'object' && shown !== null && !Array.isArray(shown)
      ? Object.entries(shown)
          .slice(0, 12)
          .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
          .join(' · ')
      : JSON.stringify(shown);
  return text.slice(0, MAX_CELL);
}
