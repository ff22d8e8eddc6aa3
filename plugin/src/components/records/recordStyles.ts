import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { ellipsis, innerFocusRing, NARROW } from '../common/styles';

export const RECORD_HEIGHT = 32;

export const getRecordStyles = (theme: GrafanaTheme2) => {
  const grid = {
    display: 'grid',
    gridTemplateColumns: '16px minmax(0, 1.2fr) minmax(0, 1.6fr) minmax(0, 1.4fr) 16px',
    columnGap: theme.spacing(1.5),
    alignItems: 'center',
    width: '100%',
    padding: theme.spacing(0, 1),
    // On a phone the message stands under the key.
    [NARROW]: { gridTemplateColumns: '16px minmax(0, 1fr) 16px' },
  } as const;
  const small = { fontSize: theme.typography.bodySmall.fontSize } as const;
  const mono = { ...small, fontFamily: theme.typography.fontFamilyMonospace } as const;
  return {
    head: css({
      ...grid,
      ...small,
      flex: 'none',
      height: 28,
      color: theme.colors.text.secondary,
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      scrollbarGutter: 'stable',
      overflow: 'hidden',
      [NARROW]: { display: 'none' },
    }),
    row: css({
      ...grid,
      minHeight: RECORD_HEIGHT,
      border: 'none',
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      background: 'none',
      color: theme.colors.text.primary,
      textAlign: 'left',
      letterSpacing: 0,
      '&:hover': { background: theme.colors.background.secondary },
      '&:focus-visible': innerFocusRing(theme),
    }),
    key: css({ ...ellipsis, ...mono }),
    message: css({
      ...ellipsis,
      ...small,
      [NARROW]: { gridRow: 2, gridColumn: '2 / -1', '&:empty': { display: 'none' } },
    }),
    failed: css({ color: theme.colors.error.text }),
    data: css({ ...ellipsis, ...small, color: theme.colors.text.secondary, [NARROW]: { display: 'none' } }),
    open: css({ boxShadow: `inset 2px 0 0 ${theme.colors.primary.border}` }),
    detail: css({
      display: 'grid',
      justifyItems: 'start',
      gap: theme.spacing(1),
      padding: theme.spacing(1, 1.5, 1.5, 4.5),
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      '& > dl': { width: '100%' },
    }),
    facts: css({
      display: 'grid',
      gridTemplateColumns: 'minmax(80px, 140px) minmax(0, 1fr)',
      gap: theme.spacing(0.25, 1.5),
      margin: 0,
      '& dt': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
      '& dd': { margin: 0, overflowWrap: 'anywhere' },
    }),
  };
};
