import { ClipboardButton } from '@grafana/ui';
import type { LineAnswer } from '../client/answers';
import { useJobHistory } from '../JobHistoryContext';
import { stripAnsi } from '../model/ansi';
import { t } from '../../i18n/t';

/** Copies a line, or a link that opens the run at it. */
export function LineActions({ line, className }: { line: LineAnswer; className: string }) {
  const { location } = useJobHistory();
  const linkTo = () => new URL(location.hrefFor({ line: line.n }), window.location.href).href;
  return (
    <span className={className}>
      <ClipboardButton
        icon="copy"
        size="sm"
        variant="secondary"
        fill="text"
        getText={() => stripAnsi(line.message)}
        aria-label={t('log.lineActions.copy-line', 'Copy line {{n}}', { n: line.n })}
        title={t('log.lineActions.copy-the-line', 'Copy the line')}
      />
      <ClipboardButton
        icon="link"
        size="sm"
        variant="secondary"
        fill="text"
        getText={linkTo}
        aria-label={t('log.lineActions.copy-a-link-to', 'Copy a link to line {{n}}', { n: line.n })}
        title={t('log.lineActions.copy-a-link-to-2', 'Copy a link to this line')}
      />
    </span>
  );
}
