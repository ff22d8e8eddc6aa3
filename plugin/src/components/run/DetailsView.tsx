import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { Card } from '../common/Card';
import { ValueTree } from '../common/ValueTree';
import { isRecord } from '../model/narrow';
import { t } from '../../i18n/t';

/** Whatever else the sender told of the run, as readable nested values. */
export function DetailsView({ run }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  const parts: Array<[string, unknown]> = [
    [t('run.detailsView.metadata', 'Metadata'), run.metadata],
    [t('run.detailsView.data', 'Data'), run.data],
    [t('run.detailsView.report', 'Report'), run.report],
    [t('run.detailsView.source', 'Source'), run.source],
    [t('run.detailsView.error', 'Error'), run.error],
    [t('run.detailsView.tags', 'Tags'), run.tags],
    [t('run.detailsView.called-by', 'Called by'), run.called_by],
    [t('run.detailsView.parent', 'Parent'), run.parent],
    [t('run.detailsView.times', 'Times'), times(run)],
    [
      t('run.detailsView.identity', 'Identity'),
      { job: run.job, run: run.run, key: run.key, title: run.title, type: run.type, user: run.user },
    ],
  ];
  return (
    <div className={styles}>
      {parts
        .filter(([, value]) => isRecord(value) && Object.keys(value).length > 0)
        .map(([title, value]) => (
          <Card key={title} title={title}>
            <ValueTree value={value} />
          </Card>
        ))}
    </div>
  );
}

// The exact moments as they were stored, in UTC: here someone compares them with another system.
function times(run: RunAnswer) {
  return {
    queued: run.queued_at,
    started: run.started_at,
    finished: run.finished_at,
    received: run.received_at,
  };
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 320px), 1fr))',
    alignItems: 'start',
    gap: theme.spacing(1.25),
  });
