import { useEffect, useState } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { RecordAnswer } from '../client/answers';
import { useTallList } from '../virtual/useTallList';
import { RecordRow } from './RecordRow';
import { getRecordStyles, RECORD_HEIGHT } from './recordStyles';
import { t } from '../../i18n/t';

interface Props {
  records: RecordAnswer[];
  /** Words that the records were searched for. */
  find: string;
  /** Called when the reader comes near the end. */
  onEnd?(): void;
}

const AHEAD = 50;

/** Any number of records, each a line that opens to all it says; only those in view exist. */
export function RecordList({ records, find, onEnd }: Props) {
  const styles = useStyles2(getStyles);
  const rowStyles = useStyles2(getRecordStyles);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const { attach, measure, indexes, y, height } = useTallList({ count: records.length, rowHeight: RECORD_HEIGHT });
  const last = indexes.at(-1) ?? 0;
  useEffect(() => {
    if (last >= records.length - AHEAD) {
      onEnd?.();
    }
  }, [last, records.length, onEnd]);

  const toggle = (id: string) =>
    setOpen((before) => {
      const after = new Set(before);
      return after.delete(id) ? after : after.add(id);
    });
  return (
    <div className={styles.frame}>
      <div className={rowStyles.head} aria-hidden>
        <span />
        <span>{t('records.recordList.key', 'Key')}</span>
        <span>{t('records.recordList.message', 'Message')}</span>
        <span>{t('records.recordList.data', 'Data')}</span>
        <span />
      </div>
      {/* A box that scrolls has to be reachable without a mouse. */}
      <div
        ref={attach}
        className={styles.box}
        tabIndex={0}
        role="region"
        aria-label={t('records.recordList.list-of-records', 'List of records')}
      >
        <div style={{ height, position: 'relative' }}>
          <div role="list" className={styles.rows} style={{ transform: `translateY(${y}px)` }}>
            {indexes.map((index) => {
              const record = records[index];
              const id = record && `${record.phase} ${record.key}`;
              return (
                record &&
                id !== undefined && (
                  <div key={id} role="listitem" data-index={index} ref={measure}>
                    <RecordRow record={record} find={find} open={open.has(id)} onToggle={() => toggle(id)} />
                  </div>
                )
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({
    flex: '1 1 0',
    minHeight: 240,
    display: 'flex',
    flexDirection: 'column',
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    overflow: 'hidden',
  }),
  box: css({
    flex: '1 1 0',
    minHeight: 0,
    overflow: 'hidden auto',
    overflowAnchor: 'none',
    scrollbarGutter: 'stable',
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.text}`, outlineOffset: -2 },
  }),
  rows: css({ position: 'absolute', top: 0, left: 0, width: '100%' }),
});
