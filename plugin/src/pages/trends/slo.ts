import type { DataFrame } from '@grafana/data';
import { readRows } from '../../components/client/frames';
import { toNumber, toText } from '../../components/model/narrow';

/** An objective and how it stands. Rates are 0 to 1. */
export interface Slo {
  id: string;
  name: string;
  owner?: string;
  /** In words. */
  objective?: string;
  target: number;
  windowDays: number;
  runs: number;
  failures: number;
  successRate?: number;
  /** Share of the budget; negative where it is overspent. */
  budgetLeft?: number;
  /** 1 spends the budget in exactly its window. */
  burnFast?: number;
  burnSlow?: number;
  /** The newest failed run. */
  key?: string;
}

export function readSlos(frame: DataFrame | undefined): Slo[] {
  return readRows(frame).map((row) => ({
    id: toText(row('id')) ?? '',
    name: toText(row('name')) ?? '',
    owner: toText(row('owner')),
    objective: toText(row('objective')),
    target: toNumber(row('target')) ?? 0,
    windowDays: toNumber(row('window_days')) ?? 0,
    runs: toNumber(row('runs')) ?? 0,
    failures: toNumber(row('failures')) ?? 0,
    successRate: toNumber(row('success_rate')),
    budgetLeft: toNumber(row('budget_left')),
    burnFast: toNumber(row('burn_fast')),
    burnSlow: toNumber(row('burn_slow')),
    key: toText(row('key')),
  }));
}

export const SLO_COLUMNS = [
  { name: 'name', value: (slo: Slo) => slo.name },
  { name: 'owner', value: (slo: Slo) => slo.owner },
  { name: 'objective', value: (slo: Slo) => slo.objective },
  { name: 'target', value: (slo: Slo) => slo.target },
  { name: 'window_days', value: (slo: Slo) => slo.windowDays },
  { name: 'success_rate', value: (slo: Slo) => slo.successRate },
  { name: 'budget_left', value: (slo: Slo) => slo.budgetLeft },
  { name: 'burn_fast', value: (slo: Slo) => slo.burnFast },
  { name: 'burn_slow', value: (slo: Slo) => slo.burnSlow },
  { name: 'runs', value: (slo: Slo) => slo.runs },
  { name: 'failures', value: (slo: Slo) => slo.failures },
];
