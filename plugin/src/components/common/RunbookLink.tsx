import { TextLink } from '@grafana/ui';
import { t } from '../../i18n/t';

/** Only a web address becomes a link: it was written by whoever sent the job's config. */
export function RunbookLink({ url }: { url: string | undefined }) {
  return url && /^https?:\/\//i.test(url) ? (
    <TextLink href={url} external inline={false} variant="bodySmall">
      {t('common.runbookLink.runbook', 'runbook')}
    </TextLink>
  ) : null;
}
