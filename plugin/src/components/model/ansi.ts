import Anser from 'anser';

/** A piece of a log line with the looks that its escape codes gave it. */
export interface TextPiece {
  text: string;
  color?: AnsiColor;
  bold?: boolean;
  dim?: boolean;
  italic?: boolean;
  underline?: boolean;
}
export type AnsiColor = 'black' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'white';

const COLORS: readonly AnsiColor[] = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

// OSC strings (titles, hyperlinks), charset switches and single-letter escapes: anser only knows CSI.
const OTHER_ESCAPES = /\u001b(?:\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[()][0-9A-Za-z]|[=>78cDEHMNOZ])/g;
const CSI = /\u001b\[[0-?]*[ -/]*[@-~]/g;
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** Splits a line at its ANSI colours. Everything else that a terminal would act on is shown or left out, never run. */
export function ansiPieces(line: string): TextPiece[] {
  if (!line.includes('\u001b')) {
    return [{ text: visible(line) }];
  }
  return Anser.ansiToJson(line.replace(OTHER_ESCAPES, ''), { json: true, use_classes: true, remove_empty: true }).map(
    ({ content, fg, decorations }) => ({
      text: visible(content),
      color: toColor(fg),
      bold: decorations.includes('bold') || undefined,
      dim: decorations.includes('dim') || undefined,
      italic: decorations.includes('italic') || undefined,
      underline: decorations.includes('underline') || undefined,
    })
  );
}

/** The line without its escape codes, for search and copying. */
export function stripAnsi(line: string): string {
  return line.includes('\u001b') ? line.replace(OTHER_ESCAPES, '').replace(CSI, '') : line;
}

/** Control characters become their pictures (`\r` is ␍), so that a progress bar stays one readable line. */
function visible(text: string): string {
  return text.replace(CONTROL, (char) =>
    char === '\u007f' ? '\u2421' : String.fromCharCode(0x2400 + char.charCodeAt(0))
  );
}

function toColor(className: string | null): AnsiColor | undefined {
  return COLORS.find((color) => className === `ansi-${color}` || className === `ansi-bright-${color}`);
}
