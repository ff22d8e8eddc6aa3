import { css } from '@emotion/css';
import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';
import { NARROW } from '../common/styles';
import type { AnsiColor } from '../model/ansi';
import type { Tone } from '../model/status';
import { toneFill, toneText } from '../status/tone';

export const LINE_HEIGHT = 20;

export const getLineStyles = (theme: GrafanaTheme2, tone: Tone | undefined) => {
  const tint =
    tone === 'error' ? colorManipulator.alpha(theme.colors.error.main, theme.isDark ? 0.14 : 0.07) : 'transparent';
  return {
    line: css({
      display: 'flex',
      alignItems: 'flex-start',
      minHeight: LINE_HEIGHT,
      lineHeight: `${LINE_HEIGHT}px`,
      fontFamily: theme.typography.fontFamilyMonospace,
      fontSize: theme.typography.bodySmall.fontSize,
      borderLeft: `3px solid ${tone === 'error' || tone === 'warning' ? toneFill(theme, tone) : 'transparent'}`,
      background: tint,
      '&:hover': { background: theme.colors.action.hover },
    }),
    marked: css({ outline: `1px solid ${theme.colors.warning.border}`, outlineOffset: -1 }),
    number: css({
      flex: 'none',
      minWidth: 52,
      paddingRight: theme.spacing(1),
      textAlign: 'right',
      color: theme.colors.text.secondary,
      userSelect: 'none',
      '&:hover': { color: theme.colors.text.link, textDecoration: 'underline' },
    }),
    time: css({
      flex: 'none',
      paddingRight: theme.spacing(1),
      color: theme.colors.text.secondary,
      [NARROW]: { display: 'none' },
    }),
    level: css({
      flex: 'none',
      width: 48,
      color: tone ? toneText(theme, tone) : theme.colors.text.secondary,
      fontWeight: tone === 'error' || tone === 'warning' ? theme.typography.fontWeightMedium : undefined,
    }),
    text: css({ whiteSpace: 'pre', paddingRight: theme.spacing(2) }),
    wrapped: css({ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', minWidth: 0, flex: 1 }),
    // The line that one came for can be read whole on a phone too: it leaves room for its number and its buttons.
    markedText: css({
      [NARROW]: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', maxWidth: 'calc(100cqw - 200px)' },
    }),
    // A line shown in full is wrapped at the box's width even where the others run on.
    expanded: css({ maxWidth: 'calc(100cqw - 220px)' }),
    end: css({ position: 'sticky', right: 0, marginLeft: 'auto', display: 'inline-flex', flex: 'none' }),
    actions: css({
      display: 'inline-flex',
      background: theme.colors.background.elevated,
      borderRadius: theme.shape.radius.default,
      height: LINE_HEIGHT,
      overflow: 'hidden',
    }),
    since: css({ [NARROW]: { display: 'none' } }),
    fresh: css({
      background: `linear-gradient(${tint}, ${tint}), ${theme.colors.background.primary}`,
      padding: theme.spacing(0, 1),
      color: theme.colors.warning.text,
      fontSize: 11,
    }),
    more: css({
      padding: theme.spacing(0, 1),
      border: 'none',
      background: 'none',
      color: theme.colors.text.link,
      '&:hover': { textDecoration: 'underline' },
    }),
  };
};

/** Terminal colours from the theme, so that they can be read in light and dark. */
export function ansiColor(theme: GrafanaTheme2, color: AnsiColor): string {
  const colors: Record<AnsiColor, string> = {
    black: theme.colors.text.secondary,
    red: theme.colors.error.text,
    green: theme.colors.success.text,
    yellow: theme.colors.warning.text,
    blue: theme.colors.primary.text,
    magenta: theme.visualization.getColorByName(theme.isDark ? 'light-purple' : 'dark-purple'),
    cyan: theme.colors.info.text,
    white: theme.colors.text.primary,
  };
  return colors[color];
}
