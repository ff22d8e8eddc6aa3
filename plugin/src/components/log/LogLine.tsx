import { memo, useState } from 'react';
import { cx } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import type { LineAnswer } from '../client/answers';
import { StateLink } from '../common/StateLink';
import { useJobHistory } from '../JobHistoryContext';
import { formatCount } from '../model/numbers';
import { formatClock, formatExactTime, toMs } from '../model/time';
import { levelTone, levelWord } from './levels';
import { LineActions } from './LineActions';
import { getLineStyles } from './logStyles';
import { isNewLine, useNewLines } from './newLines';
import { LogText } from './LogText';
import { t } from '../../i18n/t';

interface Props {
  line: LineAnswer;
  marked: boolean;
  wrap: boolean;
  find: string;
  expanded: boolean;
  onExpand(n: number): void;
}

/** A line longer than this is cut: laying out 200,000 characters in one line would freeze the page. */
const MAX_SHOWN = 2000;

export const LogLine = memo(function LogLine({ line, marked, wrap, find, expanded, onExpand }: Props) {
  const styles = useStyles2(getLineStyles, levelTone(line.level));
  const { timeZone } = useJobHistory();
  const newLines = useNewLines();
  const [hovered, setHovered] = useState(false);
  const at = toMs(line.time);
  const fresh = newLines !== undefined && isNewLine(newLines, line.n);
  const cut = line.message.length > MAX_SHOWN && !expanded;
  return (
    <div
      className={cx(styles.line, marked && styles.marked)}
      aria-current={marked ? 'location' : undefined}
      data-line={line.n}
      onMouseEnter={() => setHovered(true)}
      onMouseLeave={() => setHovered(false)}
    >
      <StateLink
        to={{ line: line.n }}
        replace
        className={styles.number}
        aria-label={t('log.logLine.line', 'Line {{n}}', { n: line.n })}
      >
        {line.n}
      </StateLink>
      {at !== undefined && (
        <time className={styles.time} title={formatExactTime(at, timeZone)}>
          {formatClock(at, timeZone)}
        </time>
      )}
      <span className={styles.level}>{levelWord(line.level)}</span>
      <span
        className={cx(
          styles.text,
          marked && styles.markedText,
          (wrap || expanded) && styles.wrapped,
          expanded && styles.expanded
        )}
      >
        <LogText text={cut ? line.message.slice(0, MAX_SHOWN) : line.message} find={find} />
        {cut && (
          <button type="button" className={styles.more} onClick={() => onExpand(line.n)}>
            {t('log.logLine.show-all-characters', '… show all {{n}} characters', {
              n: formatCount(line.message.length),
            })}
          </button>
        )}
      </span>
      {(fresh || hovered || marked) && (
        <span className={styles.end}>
          {fresh && (
            <span className={styles.fresh}>
              {t('log.logLine.new', 'new')}
              <span className={styles.since}> {t('log.logLine.since-last-success', 'since last success')}</span>
            </span>
          )}
          {(hovered || marked) && <LineActions line={line} className={styles.actions} />}
        </span>
      )}
    </div>
  );
});
