import type { RecordAnswer } from '../client/answers';
import { LongText } from '../common/LongText';
import { Table } from '../common/Table';
import { ValueTree } from '../common/ValueTree';
import { RECORD_GROUPS } from '../model/recordGroups';
import { StatusIcon } from '../status/StatusIcon';

export function RecordTable({ records }: { records: RecordAnswer[] }) {
  return (
    <Table head={['Outcome', 'Kind', 'Key', 'Message', 'Data']}>
      {records.map((record) => (
        <tr key={`${record.phase} ${record.key}`}>
          <td>
            <StatusIcon status={record.outcome === 'success' ? 'succeeded' : 'failed'} size="sm" />
          </td>
          <td>{kindOf(record)}</td>
          <td>
            <code>{record.key}</code>
          </td>
          <td>
            <LongText text={record.message} />
          </td>
          <td>{hasData(record) && <ValueTree value={record.data} depth={2} />}</td>
        </tr>
      ))}
    </Table>
  );
}

function kindOf({ phase, outcome }: RecordAnswer): string | undefined {
  return RECORD_GROUPS.find((group) => group.phase === phase && group.outcome === outcome)?.name;
}

function hasData({ data }: RecordAnswer): boolean {
  return data !== null && data !== undefined && (typeof data !== 'object' || Object.keys(data).length > 0);
}
