import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { TextLink, useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { t } from '../../i18n/t';

/** What to do about a failed run, and who says so: the run, its job's config, or a rule of the operator. */
export function RecommendedActions({ run }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  const advice = run.recommended;
  if (!advice || advice.actions.length === 0) {
    return null;
  }
  return (
    <section aria-label={t('run.recommendedActions.recommended-actions', 'Recommended actions')}>
      <h4 className={styles.title}>
        {t('run.recommendedActions.recommended-actions', 'Recommended actions')}{' '}
        <span className={styles.from}>· {fromWords(advice)}</span>
      </h4>
      <ol className={styles.actions}>
        {advice.actions.map((action, index) => (
          <li key={index}>{action}</li>
        ))}
      </ol>
      {advice.source === 'rule' && advice.url && /^https?:/.test(advice.url) && (
        <TextLink href={advice.url} external inline variant="bodySmall">
          {t('run.recommendedActions.more-about-this', 'More about this')}
        </TextLink>
      )}
    </section>
  );
}

function fromWords({ source, rule }: NonNullable<RunAnswer['recommended']>): string {
  switch (source) {
    case 'run':
      return t('run.recommendedActions.by-the-run-itself', 'by the run itself');
    case 'job':
      return t('run.recommendedActions.by-the-job-s', "by the job's config");
    case 'rule':
      return rule
        ? t('run.recommendedActions.rule', 'rule “{{rule}}”', { rule })
        : t('run.recommendedActions.by-a-rule', 'by a rule');
  }
}

const getStyles = (theme: GrafanaTheme2) => ({
  title: css({
    margin: theme.spacing(1, 0, 0.5),
    fontSize: theme.typography.body.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
  }),
  from: css({ color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular }),
  actions: css({ margin: theme.spacing(0, 0, 0.5), paddingLeft: theme.spacing(3) }),
});
