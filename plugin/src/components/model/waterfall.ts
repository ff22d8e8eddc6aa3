import type { StepAnswer } from '../client/answers';
import type { Status } from './status';
import { toMs } from './time';

export interface WaterfallRow {
  step: string;
  label: string;
  /** How deep it lies below its parents. */
  depth: number;
  status: Status;
  /** Shares of the whole, 0 to 1; undefined where the step has no start. */
  from?: number;
  to?: number;
  duration?: number;
  error?: string;
}

/** Steps as rows under their parents, in order of their start, on a scale from the run's first moment to its last. */
export function toWaterfall(steps: StepAnswer[], now: number): { rows: WaterfallRow[]; span: number } {
  const starts = steps.flatMap((step) => toMs(step.started_at) ?? []);
  const ends = steps.flatMap((step) => toMs(step.finished_at) ?? (isRunning(step) ? now : []));
  const origin = Math.min(...starts);
  const span = Math.max(1, Math.max(...starts, ...ends) - origin);
  const children = groupByParent(steps);

  const rows: WaterfallRow[] = [];
  const visit = (parent: string, depth: number) =>
    (children.get(parent) ?? []).forEach((step) => {
      rows.push(toRow(step, depth, origin, span, now));
      visit(step.step, depth + 1);
    });
  visit('', 0);
  return { rows, span };
}

const isRunning = (step: StepAnswer) => step.status === 'running';

// A parent that is not there, or a circle of parents, must not hide a step: such steps stand at the top.
function groupByParent(steps: StepAnswer[]): Map<string, StepAnswer[]> {
  const byName = new Map(steps.map((step) => [step.step, step]));
  const rooted = (step: StepAnswer): boolean => {
    const seen = new Set<string>();
    for (let at: StepAnswer | undefined = step; at?.parent; at = byName.get(at.parent)) {
      if (seen.has(at.step)) {
        return false;
      }
      seen.add(at.step);
    }
    return true;
  };
  const groups = new Map<string, StepAnswer[]>();
  for (const step of [...steps].sort((a, b) => startOf(a) - startOf(b))) {
    const parent = step.parent && byName.has(step.parent) && rooted(step) ? step.parent : '';
    groups.set(parent, [...(groups.get(parent) ?? []), step]);
  }
  return groups;
}

const startOf = (step: StepAnswer) => toMs(step.started_at) ?? Number.MAX_SAFE_INTEGER;

function toRow(step: StepAnswer, depth: number, origin: number, span: number, now: number): WaterfallRow {
  const start = toMs(step.started_at);
  const end = toMs(step.finished_at) ?? (isRunning(step) ? now : start);
  return {
    step: step.step,
    label: step.title ?? step.step,
    depth,
    status: step.status,
    from: start === undefined ? undefined : (start - origin) / span,
    to: end === undefined ? undefined : (end - origin) / span,
    duration: step.duration_ms ?? (isRunning(step) && start !== undefined ? now - start : undefined),
    error: step.error?.message ?? step.error?.type ?? undefined,
  };
}
