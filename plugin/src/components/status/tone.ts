import type { GrafanaTheme2 } from '@grafana/data';
import type { Tone } from '../model/status';

/** A tone for text and icons; meets 4.5:1 on the panel's background in light and dark. */
export function toneText(theme: GrafanaTheme2, tone: Tone): string {
  return tone === 'secondary' ? theme.colors.text.secondary : theme.colors[tone].text;
}

/** A tone for bars and areas. */
export function toneFill(theme: GrafanaTheme2, tone: Tone): string {
  return tone === 'secondary'
    ? theme.visualization.getColorByName(theme.isDark ? '#6E7079' : '#9A9CA6')
    : theme.colors[tone].main;
}
