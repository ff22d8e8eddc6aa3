import { useTheme2 } from '@grafana/ui';
import type { ChartSeries } from './periodScale';
import { isSum, type Measure } from './trends';

interface Props {
  series: ChartSeries[];
  measure: Measure;
  left: number;
  /** Width of a period. */
  slot: number;
  y(value: number): number;
  /** Where the value axis begins. */
  base: number;
}

/** What is drawn for the periods; an unfinished one is hollow. */
export function PeriodMarks(props: Props) {
  return isSum(props.measure) ? <Bars {...props} /> : <Lines {...props} />;
}

function Bars({ series, left, slot, y, base }: Props) {
  const width = Math.max(2, Math.min(64, slot * 0.7));
  const count = series[0]?.points.length ?? 0;
  return Array.from({ length: count }, (_, index) => {
    let sum = 0;
    return series.map(({ name, color, points }) => {
      const { value = 0, unfinished = false } = points[index] ?? {};
      const [bottom, top] = [y(sum), y((sum += value))];
      return value === 0 ? null : (
        <rect
          key={`${index} ${name}`}
          x={left + (index + 0.5) * slot - width / 2 + 0.5}
          y={top + 0.5}
          width={width - 1}
          height={Math.max(1, Math.min(bottom, base) - top - 1)}
          fill={color}
          fillOpacity={unfinished ? 0.2 : 0.9}
          stroke={unfinished ? color : 'none'}
          strokeDasharray="4 3"
        />
      );
    });
  });
}

function Lines({ series, left, slot, y }: Props) {
  const theme = useTheme2();
  const x = (index: number) => left + (index + 0.5) * slot;
  return series.map(({ name, color, points }) => {
    const known = points.flatMap(({ value, unfinished }, index) =>
      value === undefined ? [] : [{ index, value, unfinished }]
    );
    return (
      <g key={name}>
        {known.slice(1).map((to, i) => {
          const from = known[i]!;
          return (
            <line
              key={to.index}
              x1={x(from.index)}
              y1={y(from.value)}
              x2={x(to.index)}
              y2={y(to.value)}
              stroke={color}
              strokeWidth={2}
              strokeDasharray={to.unfinished ? '4 3' : undefined}
            />
          );
        })}
        {known.map(({ index, value, unfinished }) => (
          <circle
            key={index}
            cx={x(index)}
            cy={y(value)}
            r={3.5}
            fill={unfinished ? theme.colors.background.primary : color}
            stroke={color}
            strokeWidth={1.5}
          />
        ))}
      </g>
    );
  });
}
