import { Button } from '@grafana/ui';
import { fileName, useDownload } from '../../components/hooks/useDownload';
import { toCsv, type CsvColumn } from './csv';
import { t } from '../../i18n/t';

interface Props<T> {
  /** Without its ending. */
  name: string;
  rows: readonly T[];
  columns: ReadonlyArray<CsvColumn<T>>;
}

/** Saves a table as it is shown. */
export function CsvButton<T>({ name, rows, columns }: Props<T>) {
  const { start } = useDownload();
  return (
    <Button
      size="sm"
      variant="secondary"
      icon="download-alt"
      disabled={rows.length === 0}
      onClick={() => void start(fileName(['joblens', name], 'csv'), async () => toCsv(rows, columns))}
      aria-label={t('common.csvButton.download-as-csv', 'Download {{name}} as CSV', { name })}
    >
      {t('common.csvButton.csv', 'CSV')}
    </Button>
  );
}
