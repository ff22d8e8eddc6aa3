import { Table } from '../../../components/common/Table';
import { DeltaText } from '../../common/DeltaText';
import type { Figure } from './figures';
import { t } from '../../../i18n/t';

/** Figures of the range beside those of the time before. */
export function FigureTable({ figures }: { figures: Figure[] }) {
  return (
    <Table
      head={[
        '',
        t('compare.figureTable.before', 'Before'),
        t('compare.figureTable.now', 'Now'),
        t('compare.figureTable.change', 'Change'),
      ]}
      numeric
    >
      {figures.map(({ label, now, before, delta, format }) => (
        <tr key={label}>
          <th scope="row">{label}</th>
          <td>{format(before)}</td>
          <td>{format(now)}</td>
          <td>
            <DeltaText delta={delta} />
          </td>
        </tr>
      ))}
    </Table>
  );
}
