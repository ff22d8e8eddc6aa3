export interface RecordGroup {
  name: string;
  phase: 'metadata' | 'data';
  outcome: 'success' | 'failure';
}

/** The four kinds of records under the names that users of replication platforms know. */
export const RECORD_GROUPS: readonly RecordGroup[] = [
  { name: 'MetaSuccess', phase: 'metadata', outcome: 'success' },
  { name: 'MetaFailure', phase: 'metadata', outcome: 'failure' },
  { name: 'SuccessRecords', phase: 'data', outcome: 'success' },
  { name: 'FailedRecords', phase: 'data', outcome: 'failure' },
];
