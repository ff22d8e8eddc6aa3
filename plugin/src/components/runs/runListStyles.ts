import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { ellipsis, innerFocusRing, MEDIUM, NARROW, WIDE } from '../common/styles';

export const ROW_HEIGHT = 34;
/** On a narrow panel a run takes two lines: the job, then its message. */
export const NARROW_ROW_HEIGHT = 64;

// Status, job, run, started, duration, against usual, connection, user, message.
const WIDE_COLUMNS = '148px minmax(150px, 1.5fr) 104px 128px 74px 76px 100px 92px minmax(150px, 2fr)';
const COLUMNS = '20px minmax(140px, 1.6fr) 112px 128px 74px 76px 96px minmax(160px, 2.4fr)';
const MEDIUM_COLUMNS = '20px minmax(120px, 1.2fr) 128px 74px 72px minmax(140px, 2fr)';

/** Header and rows share one grid, so that their columns stand under each other. */
export const getRunListStyles = (theme: GrafanaTheme2) => {
  const grid = {
    display: 'grid',
    gridTemplateColumns: COLUMNS,
    alignItems: 'center',
    columnGap: theme.spacing(1.5),
    // On the right stands the menu of each run's actions.
    padding: theme.spacing(0, 4.5, 0, 1),
    [WIDE]: { gridTemplateColumns: WIDE_COLUMNS },
    [MEDIUM]: { gridTemplateColumns: MEDIUM_COLUMNS },
  } as const;
  return {
    header: css({
      ...grid,
      height: 28,
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      [NARROW]: { display: 'none' },
    }),
    row: css({
      ...grid,
      height: '100%',
      fontSize: theme.typography.pxToRem(13),
      letterSpacing: 0,
      color: theme.colors.text.primary,
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      '&:hover': { background: theme.colors.action.hover },
      '&:focus-visible': innerFocusRing(theme),
      [NARROW]: {
        gridTemplateColumns: '24px minmax(0, 1fr) max-content',
        gridTemplateAreas: '"status job started" ". message duration"',
        alignContent: 'center',
        rowGap: theme.spacing(0.25),
      },
    }),
    status: css({
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(0.75),
      minWidth: 0,
      [NARROW]: { gridArea: 'status' },
    }),
    statusWord: css({ ...ellipsis, display: 'none', [WIDE]: { display: 'inline' } }),
    connection: css({
      ...ellipsis,
      display: 'none',
      color: theme.colors.text.secondary,
      [WIDE]: { display: 'inline' },
    }),
    actions: css({
      position: 'absolute',
      top: 0,
      right: theme.spacing(0.5),
      height: '100%',
      display: 'flex',
      alignItems: 'center',
    }),
    job: css({
      ...ellipsis,
      fontWeight: theme.typography.fontWeightMedium,
      [NARROW]: { gridArea: 'job' },
    }),
    run: css({ ...ellipsis, ...monospace(theme), color: theme.colors.text.secondary, [MEDIUM]: { display: 'none' } }),
    started: css({
      ...ellipsis,
      fontVariantNumeric: 'tabular-nums',
      [NARROW]: {
        gridArea: 'started',
        color: theme.colors.text.secondary,
        fontSize: theme.typography.bodySmall.fontSize,
      },
    }),
    duration: css({
      ...ellipsis,
      fontVariantNumeric: 'tabular-nums',
      [NARROW]: { gridArea: 'duration', textAlign: 'right', fontSize: theme.typography.bodySmall.fontSize },
    }),
    bar: css({ [NARROW]: { display: 'none' } }),
    user: css({ ...ellipsis, color: theme.colors.text.secondary, [MEDIUM]: { display: 'none' } }),
    message: css({ ...ellipsis, ...monospace(theme), [NARROW]: { gridArea: 'message' } }),
    failing: css({ color: theme.colors.error.text }),
  };
};

const monospace = (theme: GrafanaTheme2) => ({
  fontFamily: theme.typography.fontFamilyMonospace,
  fontSize: theme.typography.bodySmall.fontSize,
});
