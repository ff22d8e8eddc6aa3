import { useState } from 'react';
import { Button, TextArea } from '@grafana/ui';
import { ErrorMessage } from '../../components/common/ErrorMessage';
import { useJobHistory } from '../../components/JobHistoryContext';
import { isRecord, toText } from '../../components/model/narrow';
import { plural } from '../../components/model/numbers';
import { Section } from '../common/Section';
import { useChange } from '../common/useChange';
import { useResource } from './useResource';

/** The rules that recommend what to do about a failed run; the defaults stand behind the own ones. */
export function RulesSection({ editable }: { editable: boolean }) {
  const { data, error, loading } = useResource('v1/settings/rules');
  const yaml = toText(data?.yaml) ?? '';
  const defaults = Array.isArray(data?.defaults) ? data.defaults.filter(isRecord) : [];
  return (
    <Section
      title="Recommended-action rules"
      note={data && `${plural(defaults.length, 'default')} stand behind them`}
      loading={loading}
      error={error}
    >
      {data && <RulesEditor key={yaml} yaml={yaml} editable={editable} />}
      <p>Defaults: {defaults.map(({ name }) => toText(name)).join(', ')}</p>
    </Section>
  );
}

function RulesEditor({ yaml, editable }: { yaml: string; editable: boolean }) {
  const { client } = useJobHistory();
  const [draft, setDraft] = useState(yaml);
  const change = useChange();
  return (
    <>
      <TextArea
        id="rules-yaml"
        aria-label="Rules as YAML"
        rows={8}
        readOnly={!editable}
        value={draft}
        placeholder="No rules of your own yet; docs/recommended-actions.md says how they are written."
        onChange={(event) => setDraft(event.currentTarget.value)}
      />
      {change.error && <ErrorMessage error={change.error} />}
      {editable && (
        <Button
          size="sm"
          disabled={draft === yaml || change.busy}
          onClick={() => change.run(() => client.send('PUT', 'v1/settings/rules', {}, { yaml: draft }))}
        >
          Save the rules
        </Button>
      )}
    </>
  );
}
