import { useMemo } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { TextLink, useStyles2 } from '@grafana/ui';
import { isRecord } from '../model/narrow';
import { plural } from '../model/numbers';
import { maskSecrets } from '../model/secrets';
import { LongText } from './LongText';
import { t } from '../../i18n/t';

/** A JSON value as a person reads it: names and values, nested ones folded, secrets masked, text never taken as HTML. */
export function ValueTree({ value, depth = 0, open }: { value: unknown; depth?: number; open?: boolean }) {
  const shown = useMemo(() => maskSecrets(value), [value]);
  return <Tree value={shown} depth={depth} open={open} />;
}

interface TreeProps {
  value: unknown;
  depth: number;
  /** Everything is unfolded to begin with; else what lies deep is not. */
  open?: boolean;
}

function Tree({ value, depth, open }: TreeProps) {
  const styles = useStyles2(getStyles);
  if (Array.isArray(value)) {
    return value.every((item) => !isRecord(item) && !Array.isArray(item)) ? (
      <Scalar value={value.map(String).join(', ')} />
    ) : (
      <Fold label={plural(value.length, 'item')} open={open || depth < 1}>
        <Fields value={Object.fromEntries(value.entries())} depth={depth} open={open} className={styles.nested} />
      </Fold>
    );
  }
  if (!isRecord(value)) {
    return <Scalar value={value} />;
  }
  if (depth > 0) {
    return (
      <Fold label={plural(Object.keys(value).length, 'field')} open={open || depth < 2}>
        <Fields value={value} depth={depth} open={open} className={styles.nested} />
      </Fold>
    );
  }
  return <Fields value={value} depth={depth} open={open} className={styles.fields} />;
}

function Fold({ label, open, children }: { label: string; open: boolean; children: React.ReactNode }) {
  const styles = useStyles2(getStyles);
  return (
    <details open={open}>
      <summary className={styles.summary}>{label}</summary>
      {children}
    </details>
  );
}

interface FieldsProps extends TreeProps {
  value: Record<string, unknown>;
  className: string;
}

function Fields({ value, depth, open, className }: FieldsProps) {
  const styles = useStyles2(getStyles);
  return (
    <dl className={className}>
      {Object.entries(value).map(([name, item]) => (
        <div key={name} className={isNested(item) ? undefined : styles.field}>
          <dt className={styles.name}>{name}</dt>
          <dd className={styles.value}>
            <Tree value={item} depth={depth + 1} open={open} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A nested value stands under its name, so that depth costs no width. */
function isNested(value: unknown): boolean {
  return isRecord(value) || (Array.isArray(value) && value.some((item) => isRecord(item) || Array.isArray(item)));
}

function Scalar({ value }: { value: unknown }) {
  const styles = useStyles2(getStyles);
  if (value === null || value === undefined || value === '') {
    return <span className={styles.none}>{t('common.valueTree.none', 'none')}</span>;
  }
  const text = String(value);
  return /^https?:\/\/\S+$/.test(text) ? (
    <TextLink href={text} external inline>
      {text}
    </TextLink>
  ) : (
    <LongText text={text} />
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  fields: css({ margin: 0 }),
  nested: css({ margin: 0, paddingLeft: theme.spacing(1.5), borderLeft: `1px solid ${theme.colors.border.weak}` }),
  field: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(80px, 140px) minmax(0, 1fr)',
    gap: theme.spacing(0, 1.5),
    padding: theme.spacing(0.25, 0),
  }),
  name: css({
    color: theme.colors.text.secondary,
    fontWeight: theme.typography.fontWeightRegular,
    overflowWrap: 'anywhere',
  }),
  value: css({ margin: 0, overflowWrap: 'anywhere' }),
  summary: css({ cursor: 'pointer', color: theme.colors.text.secondary }),
  none: css({ color: theme.colors.text.secondary, fontStyle: 'italic' }),
});
