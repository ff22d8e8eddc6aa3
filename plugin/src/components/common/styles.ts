import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

/** For words that only screen readers need. */
export const visuallyHidden = css({
  position: 'absolute',
  width: 1,
  height: 1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
});

export const ellipsis = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;

/** Text that ends after two lines. */
export const twoLines = {
  display: '-webkit-box',
  WebkitBoxOrient: 'vertical',
  WebkitLineClamp: 2,
  overflow: 'hidden',
  overflowWrap: 'anywhere',
} as const;

/** What a log says of an error, in the log's own letters. */
export function errorLine(theme: GrafanaTheme2) {
  return {
    ...twoLines,
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    color: theme.colors.error.text,
  } as const;
}

/** Buttons of which one is chosen scroll where the screen is narrower than all of them. */
export const scrollingChoices = { '& [role="radiogroup"]': { maxWidth: '100%', overflowX: 'auto' } } as const;

/** A ring inside the element, where the usual outer ring would be cut off. */
export function innerFocusRing(theme: GrafanaTheme2) {
  return { outline: `2px solid ${theme.colors.primary.text}`, outlineOffset: -2 };
}

/** Where the views change shape; measured on the panel, not on the window. */
export const WIDE = '@container joblens (min-width: 1170px)';
export const NARROW = '@container joblens (max-width: 639px)';
export const MEDIUM = '@container joblens (max-width: 1079px)';
