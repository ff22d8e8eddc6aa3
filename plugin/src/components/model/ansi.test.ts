import { describe, expect, it } from 'vitest';
import { ansiPieces, stripAnsi } from './ansi';

const ESC = '\u001b';

describe('ansiPieces', () => {
  it('splits a line at its colours', () => {
    expect(ansiPieces(`${ESC}[32mok${ESC}[0m then ${ESC}[1;91mbad`)).toMatchObject([
      { text: 'ok', color: 'green' },
      { text: ' then ', color: undefined },
      { text: 'bad', color: 'red', bold: true },
    ]);
  });

  it('keeps HTML as text', () => {
    expect(ansiPieces('<img src=x onerror=alert(1)>')).toEqual([{ text: '<img src=x onerror=alert(1)>' }]);
  });

  it('shows control characters instead of obeying them', () => {
    expect(ansiPieces('10%\r100%')).toEqual([{ text: '10%␍100%' }]);
  });

  it('leaves out what moves a cursor or sets a title', () => {
    const text = ansiPieces(`${ESC}[2K${ESC}[1Gdone ${ESC}]0;title\u0007${ESC}]8;;https://example.org\u0007link`)
      .map((piece) => piece.text)
      .join('');
    expect(text).toBe('done link');
  });
});

describe('stripAnsi', () => {
  it('leaves the words', () => {
    expect(stripAnsi(`${ESC}[31;1mfailed${ESC}[0m: disk full`)).toBe('failed: disk full');
    expect(stripAnsi('nothing to strip [31m')).toBe('nothing to strip [31m');
  });
});
