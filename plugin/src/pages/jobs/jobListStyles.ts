import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { ellipsis, MEDIUM, NARROW } from '../../components/common/styles';

export const ROW_HEIGHT = 48;
export const NARROW_ROW_HEIGHT = 84;

const COLUMNS = '24px minmax(160px, 1.6fr) 216px 104px 104px 104px 64px 138px 92px minmax(90px, 0.8fr)';
const MEDIUM_COLUMNS = '24px minmax(140px, 1.4fr) 216px 106px 104px 64px minmax(100px, 1fr)';

/** Header and rows share one grid, so that their columns stand under each other. */
export const getJobListStyles = (theme: GrafanaTheme2) => {
  const grid = {
    display: 'grid',
    gridTemplateColumns: COLUMNS,
    alignItems: 'center',
    columnGap: theme.spacing(1.5),
    padding: theme.spacing(0, 1),
    [MEDIUM]: { gridTemplateColumns: MEDIUM_COLUMNS },
  } as const;
  const small = { color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize };
  return {
    header: css({
      ...grid,
      ...small,
      minHeight: 32,
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      overflow: 'hidden',
      scrollbarGutter: 'stable',
      [NARROW]: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5, 1.5), padding: theme.spacing(0.5, 1) },
    }),
    row: css({
      ...grid,
      height: '100%',
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      '&:hover': { background: theme.colors.action.hover },
      '& a:hover': { textDecoration: 'underline' },
      [NARROW]: {
        gridTemplateColumns: '24px minmax(0, 1fr) max-content max-content',
        gridTemplateAreas: '"status job job rate" ". strip strip p50"',
        alignContent: 'center',
        rowGap: theme.spacing(0.5),
      },
    }),
    status: css({ display: 'flex', [NARROW]: { gridArea: 'status' } }),
    job: css({ ...ellipsis, [NARROW]: { gridArea: 'job' } }),
    name: css({ fontWeight: theme.typography.fontWeightMedium }),
    sub: css({ ...ellipsis, ...small, display: 'block' }),
    strip: css({ display: 'flex', [NARROW]: { gridArea: 'strip' } }),
    rate: css({ ...numbers, [NARROW]: { gridArea: 'rate', textAlign: 'right' } }),
    p50: css({ ...numbers, [NARROW]: { gridArea: 'p50', textAlign: 'right' } }),
    p95: css({ ...numbers, [MEDIUM]: { display: 'none' } }),
    runs: css({ ...numbers, textAlign: 'right', [NARROW]: { display: 'none' } }),
    next: css({ ...ellipsis, [NARROW]: { display: 'none' } }),
    late: css({ color: theme.colors.warning.text }),
    trend: css({ display: 'flex', [MEDIUM]: { display: 'none' } }),
    owner: css({ ...ellipsis, ...small, [MEDIUM]: { display: 'none' } }),
    headOnly: css({ [NARROW]: { display: 'none' } }),
  };
};

const numbers = { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' } as const;
