import { css } from '@emotion/css';
import { Icon } from '@grafana/ui';
import { readRows } from '../../components/client/frames';
import { ErrorMessage } from '../../components/common/ErrorMessage';
import { FirstRunHelp } from '../../components/runs/FirstRunHelp';
import { Table } from '../../components/common/Table';
import { formatBytes } from '../../components/model/bytes';
import { formatDuration } from '../../components/model/duration';
import { toNumber, toText } from '../../components/model/narrow';
import { formatCount } from '../../components/model/numbers';
import { useQuestion } from '../common/useQuestion';
import { t } from '../../i18n/t';

const checkNames = (): Record<string, string> => ({
  lag: t('settings.serviceChecks.lag-of-what-is', 'Lag of what is stored'),
  silent: t('settings.serviceChecks.nothing-came-in-for', 'Nothing came in for'),
  aside: t('settings.serviceChecks.set-aside', 'Set aside'),
  waiting: t('settings.serviceChecks.in-the-spool', 'In the spool'),
  rejected: t('settings.serviceChecks.in-quarantine-last-24', 'In quarantine, last 24 hours'),
  jobs: t('settings.serviceChecks.jobs', 'Jobs'),
});

/** What waits or is silent where nothing ever came: no time. */
const NOT_YET = '–';

/** From when on a check wants somebody's look. */
const LIMITS: Record<string, number> = { lag: 60, aside: 0, rejected: 0 };

/** What the service measures of itself. */
export function ServiceChecks() {
  const { data = [], error } = useQuestion({ question: 'service' }, ([frame]) => readRows(frame));
  if (error) {
    return <ErrorMessage error={error} />;
  }
  const checks = data.map((row) => ({
    check: toText(row('check')) ?? '',
    value: toNumber(row('value')) ?? 0,
    unit: toText(row('unit')) ?? '',
    message: toText(row('message')),
  }));
  const empty = checks.some(({ check, value }) => check === 'jobs' && value === 0);
  return (
    <>
      <Table
        head={[
          t('settings.serviceChecks.check', 'Check'),
          t('settings.serviceChecks.value', 'Value'),
          t('settings.serviceChecks.what-it-means', 'What it means'),
        ]}
      >
        {checks.map(({ check, value, unit, message }) => {
          const bad = value > (LIMITS[check] ?? Infinity);
          return (
            <tr key={check}>
              <td>{checkNames()[check] ?? check}</td>
              <td className={oneLine}>
                {bad && (
                  <Icon
                    name="exclamation-triangle"
                    aria-label={t('settings.serviceChecks.wants-a-look', 'Wants a look')}
                  />
                )}{' '}
                {unit === 's' && empty ? NOT_YET : inUnit(value, unit)}
              </td>
              <td>{message}</td>
            </tr>
          );
        })}
      </Table>
      {empty && <FirstRunHelp />}
    </>
  );
}

function inUnit(value: number, unit: string): string {
  if (unit === 'bytes') {
    return formatBytes(value);
  }
  return unit === 's' && value >= 60 ? formatDuration(value * 1000) : `${formatCount(value)} ${unit}`;
}

const oneLine = css({ whiteSpace: 'nowrap' });
