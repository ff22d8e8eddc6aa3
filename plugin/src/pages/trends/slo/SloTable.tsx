import { useState } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { IconButton, useStyles2 } from '@grafana/ui';
import { Table } from '../../../components/common/Table';
import { Dialog } from '../../../components/manage/Dialog';
import { formatCount } from '../../../components/model/numbers';
import { hrefTo } from '../../paths';
import { BudgetBar } from './BudgetBar';
import { SloDialog } from './SloDialog';
import { aboutHref, type SloRow } from './slos';
import { useSloChange } from './useSloChange';

const HEAD = ['Objective', 'Target', 'Succeeded', 'Budget left', 'Burn rate', 'Failed', 'Owner'];

/** Each objective with its budget; those that have least left stand first. */
export function SloTable({ rows, editable }: { rows: SloRow[]; editable: boolean }) {
  const sorted = [...rows].sort((a, b) => a.budgetLeft - b.budgetLeft);
  return (
    <Table head={editable ? [...HEAD, ''] : HEAD}>
      {sorted.map((row) => (
        <SloTableRow key={row.id} row={row} editable={editable} />
      ))}
    </Table>
  );
}

function SloTableRow({ row, editable }: { row: SloRow; editable: boolean }) {
  const styles = useStyles2(getStyles);
  const { name, objective, successRate, runs, failures, key, about, owner } = row;
  return (
    <tr className={styles.row}>
      <td className={styles.name}>
        <a href={aboutHref(about)}>{name}</a>
      </td>
      <td>{objective}</td>
      <td>{successRate === undefined ? 'nothing ran' : `${(Math.floor(successRate * 10_000) / 100).toFixed(2)} %`}</td>
      <td>
        <BudgetBar row={row} />
      </td>
      <td>
        <Burn rate={row.burnFast} over="1 h" much={14.4} /> <Burn rate={row.burnSlow} over="6 h" much={6} />
      </td>
      <td>
        {key && failures > 0 ? (
          <a href={hrefTo('run', { key })} title="The newest failed run">
            {formatCount(failures)}
          </a>
        ) : (
          formatCount(failures)
        )}{' '}
        of {formatCount(runs)}
      </td>
      <td className={styles.name}>{owner}</td>
      {editable && (
        <td className={styles.actions}>
          <RowActions row={row} />
        </td>
      )}
    </tr>
  );
}

/** How many times too fast the budget goes; coloured where an alert would fire. */
function Burn({ rate, over, much }: { rate: number | undefined; over: string; much: number }) {
  const styles = useStyles2(getStyles);
  return rate === undefined ? null : (
    <span className={rate > much ? styles.burning : styles.burn} title={`Over ${over}; alerts begin above ${much}`}>
      {rate.toFixed(1)} <span className={styles.over}>{over}</span>
    </span>
  );
}

function RowActions({ row }: { row: SloRow }) {
  const [open, setOpen] = useState<'change' | 'remove'>();
  const { change, ...state } = useSloChange();
  const close = () => setOpen(undefined);
  return (
    <>
      <IconButton name="pen" tooltip={`Change ${row.name}`} onClick={() => setOpen('change')} />{' '}
      <IconButton name="trash-alt" tooltip={`Remove ${row.name}`} onClick={() => setOpen('remove')} />
      {open === 'change' && <SloDialog slo={row} onClose={close} />}
      {open === 'remove' && (
        <Dialog
          title={`Remove ${row.name}`}
          action="Remove"
          variant="destructive"
          state={state}
          onSubmit={() => change((slos) => slos.filter(({ id }) => id !== row.id))}
          onClose={close}
        >
          <p>Its alerts end with it. No run is touched.</p>
        </Dialog>
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ fontVariantNumeric: 'tabular-nums', '& a': { color: theme.colors.text.link } }),
  name: css({ minWidth: 150 }),
  burn: css({ whiteSpace: 'nowrap', marginRight: theme.spacing(1) }),
  burning: css({ whiteSpace: 'nowrap', marginRight: theme.spacing(1), color: theme.colors.error.text }),
  over: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  actions: css({ whiteSpace: 'nowrap', '@media print': { display: 'none' } }),
});
