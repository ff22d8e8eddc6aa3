import { useTheme2 } from '@grafana/ui';

interface Props {
  /** One value for each part of the range; null where there is none. */
  values: Array<number | null>;
  /** What the line shows, in words. */
  label: string;
}

const WIDTH = 84;
const HEIGHT = 22;

/** How a figure went over the range, as a small line from 0 up. Points without a neighbour are dots. */
export function Spark({ values, label }: Props) {
  const theme = useTheme2();
  const known = values.filter((value) => value !== null);
  if (known.length === 0) {
    return null;
  }
  const most = Math.max(...known, Number.MIN_VALUE);
  const x = (index: number) => 2 + (index / Math.max(1, values.length - 1)) * (WIDTH - 4);
  const y = (value: number) => HEIGHT - 2 - (value / most) * (HEIGHT - 4);
  const color = theme.colors.text.secondary;
  return (
    <svg width={WIDTH} height={HEIGHT} role="img" aria-label={label}>
      <title>{label}</title>
      {piecesOf(values).map(({ start, piece }) =>
        piece.length === 1 ? (
          <circle key={start} cx={x(start)} cy={y(piece[0] ?? 0)} r={1.5} fill={color} />
        ) : (
          <polyline
            key={start}
            points={piece.map((value, index) => `${x(start + index)},${y(value)}`).join(' ')}
            fill="none"
            stroke={color}
            strokeWidth={1.5}
          />
        )
      )}
    </svg>
  );
}

/** Values without a gap between them, and where they begin. */
function piecesOf(values: Array<number | null>): Array<{ start: number; piece: number[] }> {
  const pieces: Array<{ start: number; piece: number[] }> = [];
  values.forEach((value, index) => {
    if (value === null) {
      return;
    }
    const last = pieces.at(-1);
    if (last && last.start + last.piece.length === index) {
      last.piece.push(value);
    } else {
      pieces.push({ start: index, piece: [value] });
    }
  });
  return pieces;
}
