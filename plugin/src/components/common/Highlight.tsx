import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { splitAtHits } from '../model/highlight';

/** A text with every occurrence of the searched words marked. */
export function Highlight({ text, find }: { text: string; find: string }) {
  const styles = useStyles2(getStyles);
  return (
    <>
      {splitAtHits(text, find).map(({ text, hit }, index) =>
        hit ? (
          <mark key={index} className={styles}>
            {text}
          </mark>
        ) : (
          text
        )
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    padding: 0,
    background: theme.colors.warning.main,
    color: theme.colors.warning.contrastText,
    borderRadius: 2,
  });
