import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, ClipboardButton, LinkButton, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { ErrorMessage } from '../common/ErrorMessage';
import { useLinkTo } from '../hooks/useLinkTo';
import { useJobHistory } from '../JobHistoryContext';
import { PrintCopy } from './PrintCopy';
import { SummarySheet } from './SummarySheet';
import { useSummary } from './useSummary';
import { t } from '../../i18n/t';

/** One page that says what a run replicated, how that compares with the run before, and what went wrong. */
export function SummaryView({ run }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  const { location } = useJobHistory();
  const back = useLinkTo()({ show: undefined });
  const { summary, loading, error } = useSummary(run);
  const link = () => new URL(location.hrefFor({}), window.location.href).href;
  return (
    <section aria-label={t('summary.summaryView.replicate-summary', 'Replicate summary')} className={styles.view}>
      <div className={styles.bar}>
        <LinkButton href={back.href} onClick={back.follow} icon="arrow-left" size="sm" variant="secondary">
          {t('summary.summaryView.back-to-the-run', 'Back to the run')}
        </LinkButton>
        <span className={styles.actions}>
          <ClipboardButton icon="link" size="sm" variant="secondary" getText={link}>
            {t('summary.summaryView.copy-link', 'Copy link')}
          </ClipboardButton>
          <Button icon="file-alt" size="sm" disabled={loading} onClick={() => window.print()}>
            {t('summary.summaryView.print', 'Print')}
          </Button>
        </span>
      </div>
      {error && <ErrorMessage error={error} />}
      {loading && !error ? (
        <LoadingPlaceholder text={t('summary.summaryView.comparing-with-the-run', 'Comparing with the run before')} />
      ) : (
        <>
          <div className={styles.sheet}>
            <SummarySheet run={run} summary={summary} />
          </div>
          <PrintCopy>
            <SummarySheet run={run} summary={summary} />
          </PrintCopy>
        </>
      )}
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  view: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5), minHeight: 0, flex: 1 }),
  bar: css({ display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', gap: theme.spacing(1) }),
  actions: css({ display: 'inline-flex', gap: theme.spacing(1) }),
  sheet: css({ flex: 1, minHeight: 0, overflowY: 'auto' }),
});
