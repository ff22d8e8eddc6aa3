import type { GrafanaTheme2 } from '@grafana/data';
import type uPlot from 'uplot';
import { statusLook } from '../model/status';
import { toneFill, toneText } from '../status/tone';
import type { Bar } from './stack';

const GAP = 0.18;
const MARK_PX = 3;

/** Draws the bars on uPlot's canvas: its own bars can neither mark a failure nor give it a minimum height. */
export function drawBars(u: uPlot, bars: Bar[], bucketMs: number, theme: GrafanaTheme2): void {
  const { ctx } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
  ctx.clip();
  for (const bar of bars) {
    // The first bucket may begin before the range, the last one end after it.
    const left = Math.max(u.bbox.left, u.valToPos(bar.time, 'x', true));
    const width = Math.min(u.bbox.left + u.bbox.width, u.valToPos(bar.time + bucketMs, 'x', true)) - left;
    if (width <= 0) {
      continue;
    }
    const [x, w] = [left + (width * GAP) / 2, Math.max(1, width * (1 - GAP))];
    for (const { status, from, to } of bar.segments) {
      const [top, bottom] = [u.valToPos(to, 'y', true), u.valToPos(from, 'y', true)];
      ctx.fillStyle = toneFill(theme, statusLook(status).tone);
      ctx.fillRect(x, top, w, Math.max(1, bottom - top));
    }
    if (bar.failures > 0) {
      markFailure(u, bar, x + w / 2, theme);
    }
  }
  ctx.restore();
}

/** A small cross over a bar that holds failures, so that colour is not the only sign. */
function markFailure(u: uPlot, bar: Bar, center: number, theme: GrafanaTheme2): void {
  const { ctx } = u;
  const size = MARK_PX * devicePixelRatio;
  const x = Math.min(center, u.bbox.left + u.bbox.width - size);
  const y = Math.max(u.bbox.top + size, u.valToPos(bar.segments.at(-1)?.to ?? 0, 'y', true) - 2 * size);
  ctx.strokeStyle = toneText(theme, 'error');
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(x - size, y - size);
  ctx.lineTo(x + size, y + size);
  ctx.moveTo(x + size, y - size);
  ctx.lineTo(x - size, y + size);
  ctx.stroke();
}
