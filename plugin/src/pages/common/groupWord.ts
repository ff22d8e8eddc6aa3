import { t } from '../../i18n/t';

/** What something is grouped by, in words: "type", "tag env". */
export function groupWord(group: string): string {
  switch (group) {
    case 'job':
      return t('groups.job', 'job');
    case 'type':
      return t('groups.type', 'type');
    case 'owner':
      return t('groups.owner', 'owner');
    default:
      return t('groups.tag', 'tag {{name}}', { name: group.replace(/^tag:/, '') });
  }
}
