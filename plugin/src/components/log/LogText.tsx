import { memo } from 'react';
import { css } from '@emotion/css';
import { useTheme2 } from '@grafana/ui';
import { Highlight } from '../common/Highlight';
import { ansiPieces, type TextPiece } from '../model/ansi';
import { ansiColor } from './logStyles';

/** A line's text in its terminal colours, with what was searched for marked. Always text, never HTML. */
export const LogText = memo(function LogText({ text, find }: { text: string; find: string }) {
  return (
    <>
      {ansiPieces(text).map((piece, index) => (
        <Piece key={index} piece={piece} find={find} />
      ))}
    </>
  );
});

function Piece({ piece, find }: { piece: TextPiece; find: string }) {
  const theme = useTheme2();
  const content = <Highlight text={piece.text} find={find} />;
  if (!piece.color && !piece.bold && !piece.dim && !piece.italic && !piece.underline) {
    return content;
  }
  const look = css({
    color: piece.color && ansiColor(theme, piece.color),
    fontWeight: piece.bold ? theme.typography.fontWeightBold : undefined,
    opacity: piece.dim ? 0.8 : undefined,
    fontStyle: piece.italic ? 'italic' : undefined,
    textDecoration: piece.underline ? 'underline' : undefined,
  });
  return <span className={look}>{content}</span>;
}
