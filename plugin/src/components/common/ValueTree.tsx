import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { TextLink, useStyles2 } from '@grafana/ui';
import { isRecord } from '../model/narrow';
import { plural } from '../model/numbers';
import { LongText } from './LongText';

/** A JSON value as a person reads it: names and values, nested ones folded, text never taken as HTML. */
export function ValueTree({ value, depth = 0 }: { value: unknown; depth?: number }) {
  const styles = useStyles2(getStyles);
  if (Array.isArray(value)) {
    return value.every((item) => !isRecord(item) && !Array.isArray(item)) ? (
      <Scalar value={value.map(String).join(', ')} />
    ) : (
      <Fold
        label={plural(value.length, 'item')}
        open={depth < 1}
        value={Object.fromEntries(value.entries())}
        depth={depth}
      />
    );
  }
  if (!isRecord(value)) {
    return <Scalar value={value} />;
  }
  if (depth > 0) {
    return <Fold label={plural(Object.keys(value).length, 'field')} open={depth < 2} value={value} depth={depth} />;
  }
  return <Fields value={value} depth={depth} className={styles.fields} />;
}

function Fold({
  label,
  open,
  value,
  depth,
}: {
  label: string;
  open: boolean;
  value: Record<string, unknown>;
  depth: number;
}) {
  const styles = useStyles2(getStyles);
  return (
    <details open={open}>
      <summary className={styles.summary}>{label}</summary>
      <Fields value={value} depth={depth} className={styles.nested} />
    </details>
  );
}

function Fields({ value, depth, className }: { value: Record<string, unknown>; depth: number; className: string }) {
  const styles = useStyles2(getStyles);
  return (
    <dl className={className}>
      {Object.entries(value).map(([name, item]) => (
        <div key={name} className={isNested(item) ? undefined : styles.field}>
          <dt className={styles.name}>{name}</dt>
          <dd className={styles.value}>
            <ValueTree value={item} depth={depth + 1} />
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
    return <span className={styles.none}>none</span>;
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
