import { PHASES } from '../../../../ingest/src/model/words';

export { PHASES };
export type Phase = (typeof PHASES)[number];

export interface RecordGroup {
  name: string;
  phase: Phase;
  outcome: 'success' | 'failure';
}

/** The four kinds of records under the names that users of replication platforms know. */
export const RECORD_GROUPS: readonly RecordGroup[] = [
  { name: 'MetaSuccess', phase: 'metadata', outcome: 'success' },
  { name: 'MetaFailure', phase: 'metadata', outcome: 'failure' },
  { name: 'SuccessRecords', phase: 'data', outcome: 'success' },
  { name: 'FailedRecords', phase: 'data', outcome: 'failure' },
];

export function groupOf({ phase, outcome }: Omit<RecordGroup, 'name'>): RecordGroup | undefined {
  return RECORD_GROUPS.find((group) => group.phase === phase && group.outcome === outcome);
}

type ByPhase = Record<Phase, Record<RecordGroup['outcome'], number>>;

/** How many items of a kind a run handled. A sender may report counts without sending the records, and the other way round. */
export function countOf({ counts, records }: { counts: ByPhase; records: ByPhase }, group: RecordGroup): number {
  return Math.max(counts[group.phase][group.outcome], records[group.phase][group.outcome]);
}
