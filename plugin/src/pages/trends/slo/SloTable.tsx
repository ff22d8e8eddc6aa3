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
import { t } from '../../../i18n/t';

const head = () => [
  t('slo.sloTable.objective', 'Objective'),
  t('slo.sloTable.target', 'Target'),
  t('slo.sloTable.succeeded', 'Succeeded'),
  t('slo.sloTable.budget-left', 'Budget left'),
  t('slo.sloTable.burn-rate', 'Burn rate'),
  t('slo.sloTable.failed', 'Failed'),
  t('slo.sloTable.owner', 'Owner'),
];

/** Each objective with its budget; those that have least left stand first. */
export function SloTable({ rows, editable }: { rows: SloRow[]; editable: boolean }) {
  const sorted = [...rows].sort((a, b) => a.budgetLeft - b.budgetLeft);
  return (
    <Table head={editable ? [...head(), ''] : head()}>
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
      <td>
        {successRate === undefined
          ? t('slo.sloTable.nothing-ran', 'nothing ran')
          : `${(Math.floor(successRate * 10_000) / 100).toFixed(2)} %`}
      </td>
      <td>
        <BudgetBar row={row} />
      </td>
      <td>
        <Burn rate={row.burnFast} over="1 h" much={14.4} /> <Burn rate={row.burnSlow} over="6 h" much={6} />
      </td>
      <td>
        {key && failures > 0 ? (
          <a href={hrefTo('run', { key })} title={t('slo.sloTable.the-newest-failed-run', 'The newest failed run')}>
            {formatCount(failures)}
          </a>
        ) : (
          formatCount(failures)
        )}{' '}
        {t('slo.sloTable.of', 'of {{runs}}', { runs: formatCount(runs) })}
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
    <span
      className={rate > much ? styles.burning : styles.burn}
      title={t('slo.sloTable.over-alerts-begin-above', 'Over {{over}}; alerts begin above {{much}}', { over, much })}
    >
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
      <IconButton
        name="pen"
        tooltip={t('slo.sloTable.change', 'Change {{name}}', { name: row.name })}
        onClick={() => setOpen('change')}
      />{' '}
      <IconButton
        name="trash-alt"
        tooltip={t('slo.sloTable.remove', 'Remove {{name}}', { name: row.name })}
        onClick={() => setOpen('remove')}
      />
      {open === 'change' && <SloDialog slo={row} onClose={close} />}
      {open === 'remove' && (
        <Dialog
          title={t('slo.sloTable.remove', 'Remove {{name}}', { name: row.name })}
          action={t('slo.sloTable.remove-2', 'Remove')}
          variant="destructive"
          state={state}
          onSubmit={() => change((slos) => slos.filter(({ id }) => id !== row.id))}
          onClose={close}
        >
          <p>{t('slo.sloTable.its-alerts-end-with', 'Its alerts end with it. No run is touched.')}</p>
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
