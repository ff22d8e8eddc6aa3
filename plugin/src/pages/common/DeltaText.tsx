import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Delta } from '../../components/model/delta';
import { t } from '../../i18n/t';

interface Props {
  delta: Delta | undefined;
  /** What the figure was before, for the title. */
  before?: string;
}

/** How a figure moved; nothing where it did not. */
export function DeltaText({ delta, before }: Props) {
  const styles = useStyles2(getStyles);
  return delta?.arrow ? (
    <span
      className={styles[delta.mood]}
      title={before && t('common.deltaText.in-the-period-before', '{{before}} in the period before', { before })}
    >
      {delta.arrow}&nbsp;{delta.text}
    </span>
  ) : null;
}

const getStyles = (theme: GrafanaTheme2) => {
  const base = { fontSize: theme.typography.bodySmall.fontSize, whiteSpace: 'nowrap' } as const;
  return {
    bad: css({ ...base, color: theme.colors.error.text }),
    good: css({ ...base, color: theme.colors.success.text }),
    neutral: css({ ...base, color: theme.colors.text.secondary }),
  };
};
