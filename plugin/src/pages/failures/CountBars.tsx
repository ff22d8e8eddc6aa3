import { useTheme2 } from '@grafana/ui';

const WIDTH = 130;
const HEIGHT = 26;

/** Counts over the range as small bars. */
export function CountBars({ counts, label }: { counts: number[]; label: string }) {
  const theme = useTheme2();
  const most = Math.max(1, ...counts);
  const step = WIDTH / Math.max(1, counts.length);
  return counts.length === 0 ? null : (
    <svg width={WIDTH} height={HEIGHT} role="img" aria-label={label}>
      <title>{label}</title>
      <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} stroke={theme.colors.border.medium} />
      {counts.map((count, index) => {
        const height = count === 0 ? 0 : Math.max(3, (count / most) * (HEIGHT - 2));
        return (
          <rect
            key={index}
            x={index * step}
            y={HEIGHT - 1 - height}
            width={Math.max(1, step - 1)}
            height={height}
            fill={theme.colors.error.main}
          />
        );
      })}
    </svg>
  );
}
