import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { StateLink } from '../common/StateLink';
import { plural } from '../model/numbers';
import { t } from '../../i18n/t';

/** Stands where a filter left lines out, and leads to the place with all lines around it. */
export function LogGap({ skipped, line }: { skipped: number; line: number }) {
  const styles = useStyles2(getStyles);
  return (
    <StateLink
      to={{ line, levels: [], find: '' }}
      className={styles}
      title={t('log.logGap.show-all-lines-here', 'Show all lines here')}
    >
      {t('log.logGap.left-out', '⋯ {{skipped}} left out', { skipped: plural(skipped, 'line') })}
    </StateLink>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    display: 'block',
    height: 18,
    paddingLeft: 58,
    fontSize: 11,
    lineHeight: '18px',
    color: theme.colors.text.secondary,
    '&:hover': { color: theme.colors.text.link, textDecoration: 'underline' },
  });
