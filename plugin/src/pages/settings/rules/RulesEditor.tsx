import { useState } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Field, TextArea, useStyles2 } from '@grafana/ui';
import { useJobHistory } from '../../../components/JobHistoryContext';
import { useChange } from '../../../components/hooks/useChange';
import { SaveRow } from '../SaveRow';
import { t } from '../../../i18n/t';

const EXAMPLE = `rules:
  - name: Bank holidays
    job: ^bank/            # RE2 regular expressions; all that are given must match
    error_type: ^HttpError$
    message: closed on     # error message, message, last and first error line
    actions:
      - Wait for the next working day.
    url: https://runbooks.example.org/bank
`;

/** The operator's own rules as YAML, comments and all. What is wrong with them is said right under them. */
export function RulesEditor({ yaml, source }: { yaml: string; source: string | undefined }) {
  const styles = useStyles2(getStyles);
  const { client } = useJobHistory();
  const [draft, setDraft] = useState(yaml);
  const change = useChange();
  return (
    <div className={styles.editor}>
      <Field
        label={t('rules.rulesEditor.own-rules-as-yaml', 'Own rules, as YAML')}
        description={
          source === 'file'
            ? t(
                'rules.rulesEditor.they-come-from-the',
                'They come from the file of JOBLENS_RULES_FILE; once saved here, these go before it.'
              )
            : undefined
        }
        invalid={change.error !== undefined}
        noMargin
      >
        <TextArea
          id="rules-yaml"
          rows={Math.min(Math.max(draft.split('\n').length + 1, 4), 24)}
          spellCheck={false}
          className={styles.yaml}
          value={draft}
          placeholder={t('rules.rulesEditor.none-yet', 'None yet.')}
          onChange={(event) => setDraft(event.currentTarget.value)}
        />
      </Field>
      <SaveRow
        dirty={draft !== yaml}
        state={change}
        onSave={() => change.run(() => client.send('PUT', 'v1/settings/rules', {}, { yaml: draft }))}
      >
        {draft.trim() === '' && (
          <Button variant="secondary" onClick={() => setDraft(EXAMPLE)}>
            {t('rules.rulesEditor.start-with-an-example', 'Start with an example')}
          </Button>
        )}
      </SaveRow>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  editor: css({ display: 'grid', gap: theme.spacing(1), marginBottom: theme.spacing(1.5) }),
  yaml: css({ fontFamily: theme.typography.fontFamilyMonospace, fontSize: theme.typography.bodySmall.fontSize }),
});
