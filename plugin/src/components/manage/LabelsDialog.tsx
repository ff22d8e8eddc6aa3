import { useState } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Field, Input, useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { Dialog } from './Dialog';
import { useRunChange } from './useRunChange';
import { t } from '../../i18n/t';

interface Props {
  run: RunAnswer;
  onClose(): void;
}

/** How a run is called and found again: its title, its type, its tags. */
export function LabelsDialog({ run, onClose }: Props) {
  const styles = useStyles2(getStyles);
  const [title, setTitle] = useState(run.title ?? '');
  const [type, setType] = useState(run.type ?? '');
  const [tags, setTags] = useState(() => [...Object.entries(run.tags), ['', ''] as [string, string]]);
  const { change, ...state } = useRunChange(run);
  const changed = {
    ...(title !== (run.title ?? '') && { title }),
    ...(type !== (run.type ?? '') && { type }),
    ...tagChanges(tags, run.tags),
  };
  const setTag = (index: number, tag: [string, string]) => setTags(tags.map((each, i) => (i === index ? tag : each)));
  return (
    <Dialog
      title={t('manage.labelsDialog.change-title-and-tags', 'Change title and tags')}
      action={t('manage.labelsDialog.save', 'Save')}
      disabled={Object.keys(changed).length === 0}
      state={state}
      onSubmit={() => change(changed)}
      onClose={onClose}
    >
      <Field label={t('manage.labelsDialog.title', 'Title')}>
        <Input id="joblens-title" maxLength={2000} value={title} onChange={(e) => setTitle(e.currentTarget.value)} />
      </Field>
      <Field label={t('manage.labelsDialog.type', 'Type')}>
        <Input id="joblens-type" maxLength={512} value={type} onChange={(e) => setType(e.currentTarget.value)} />
      </Field>
      <fieldset className={styles.tags}>
        <legend className={styles.legend}>{t('manage.labelsDialog.tags', 'Tags')}</legend>
        {tags.map(([name, value], index) => {
          const known = index < Object.keys(run.tags).length;
          return (
            <div key={index} className={styles.tag}>
              <Input
                aria-label={t('manage.labelsDialog.name-of-tag', 'Name of tag {{index}}', { index: index + 1 })}
                placeholder={t('manage.labelsDialog.name', 'Name')}
                disabled={known}
                value={name}
                onChange={(e) => setTag(index, [e.currentTarget.value, value])}
              />
              <Input
                aria-label={t('manage.labelsDialog.value-of-tag', 'Value of tag {{index}}', { index: index + 1 })}
                placeholder={t('manage.labelsDialog.value', 'Value')}
                value={value}
                onChange={(e) => setTag(index, [name, e.currentTarget.value])}
              />
            </div>
          );
        })}
        <Button
          type="button"
          size="sm"
          variant="secondary"
          icon="plus"
          onClick={() => setTags([...tags, ['', '']])}
          disabled={tags.at(-1)?.[0] === ''}
        >
          {t('manage.labelsDialog.another-tag', 'Another tag')}
        </Button>
      </fieldset>
    </Dialog>
  );
}

/** The service merges tags by name: only what is new or other is sent. */
function tagChanges(tags: Array<[string, string]>, before: Record<string, string>) {
  const changed = tags.filter(([name, value]) => name.trim() !== '' && before[name] !== value);
  return changed.length > 0 && { tags: Object.fromEntries(changed.map(([name, value]) => [name.trim(), value])) };
}

const getStyles = (theme: GrafanaTheme2) => ({
  tags: css({ display: 'grid', gap: theme.spacing(1), justifyItems: 'start' }),
  legend: css({ fontSize: theme.typography.bodySmall.fontSize, marginBottom: theme.spacing(0.5) }),
  tag: css({ display: 'grid', gridTemplateColumns: '1fr 2fr', gap: theme.spacing(1), width: '100%' }),
});
