import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { Card } from '../common/Card';
import { LongText } from '../common/LongText';
import { RunbookLink } from '../common/RunbookLink';
import { StateLink } from '../common/StateLink';
import { stripAnsi } from '../model/ansi';
import { formatCount } from '../model/numbers';
import { maskText } from '../model/secrets';
import { isFailure, isOpen } from '../model/status';
import { RecommendedActions } from './RecommendedActions';
import { t } from '../../i18n/t';

/** Why a run ended as it did, and what to do about it. */
export function WhyCard({ run }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  const failed = isFailure(run.status);
  const reason = reasonOf(run);
  const message = run.message && run.message !== run.error?.message ? run.message : undefined;
  const quiet = !reason && !message && !run.first_error_line;
  return (
    <Card
      title={titleOf(run)}
      tone={failed ? 'error' : undefined}
      note={run.error?.step ? t('run.whyCard.in-step', 'in step {{step}}', { step: run.error.step }) : undefined}
    >
      {reason && (
        <p className={styles.reason}>
          <LongText text={maskText(stripAnsi(reason))} />
        </p>
      )}
      {message && (
        <p className={styles.message}>
          <LongText text={maskText(stripAnsi(message))} />
        </p>
      )}
      <FirstErrorLine run={run} />
      {quiet && <p className={styles.quiet}>{quietWords(run)}</p>}
      <RecommendedActions run={run} />
      {failed && <RunbookLink url={run.runbook_url ?? undefined} />}
    </Card>
  );
}

function FirstErrorLine({ run }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  const line = run.log.first_error;
  if (!line) {
    return null;
  }
  return (
    <StateLink
      to={{ tab: 'log', line: line.n, levels: [], find: '' }}
      className={styles.line}
      title={t('run.whyCard.show-it-in-the', 'Show it in the log')}
    >
      <span className={styles.lineNumber}>{t('run.whyCard.line', 'line {{n}}', { n: formatCount(line.n) })}</span>{' '}
      {maskText(stripAnsi(line.message.slice(0, 400)))}
    </StateLink>
  );
}

/** The error's type and message, unless the first error line says the same and is shown anyway. */
function reasonOf(run: RunAnswer): string {
  const [type, message] = [run.error?.type ?? '', run.error?.message ?? ''];
  const line = run.log.first_error?.message ?? '';
  return line.includes(type) && line.includes(message) && line !== '' ? '' : [type, message].filter(Boolean).join(': ');
}

function titleOf(run: RunAnswer): string {
  if (isFailure(run.status)) {
    return t('run.whyCard.why', 'Why');
  }
  return isOpen(run.status) ? t('run.whyCard.so-far', 'So far') : t('run.whyCard.description', 'Description');
}

function quietWords(run: RunAnswer): string {
  if (run.status === 'missed') {
    return t('run.whyCard.the-run-was-expected', 'The run was expected by its schedule and never came.');
  }
  if (isOpen(run.status)) {
    return t('run.whyCard.no-message-yet', 'No message yet.');
  }
  return isFailure(run.status)
    ? t('run.whyCard.the-run-gave-no', 'The run gave no reason and logged no error line.')
    : t('run.whyCard.the-run-left-no', 'The run left no message.');
}

const getStyles = (theme: GrafanaTheme2) => ({
  reason: css({
    margin: theme.spacing(0, 0, 0.75),
    fontFamily: theme.typography.fontFamilyMonospace,
    overflowWrap: 'anywhere',
  }),
  message: css({ margin: theme.spacing(0, 0, 0.75), overflowWrap: 'anywhere' }),
  quiet: css({ margin: 0, color: theme.colors.text.secondary }),
  line: css({
    display: 'block',
    padding: theme.spacing(0.5, 1),
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.secondary,
    color: theme.colors.error.text,
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    overflowWrap: 'anywhere',
    '&:hover': { background: theme.colors.action.hover, textDecoration: 'underline' },
  }),
  lineNumber: css({ color: theme.colors.text.link, marginRight: theme.spacing(0.5) }),
});
