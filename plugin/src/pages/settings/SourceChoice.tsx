import { useState } from 'react';
import { usePluginContext } from '@grafana/data';
import { Combobox, Field } from '@grafana/ui';
import { useChange } from '../../components/hooks/useChange';
import { joblensSources } from '../scene/source';
import { readAppSettings, saveAppSettings } from './appSettings';
import { SaveRow } from './SaveRow';

/** Which of several data sources the pages start with; what stands in the address goes before it. */
export function SourceChoice({ editable }: { editable: boolean }) {
  const context = usePluginContext();
  const [saved, setSaved] = useState(() => readAppSettings(context?.meta.jsonData).dataSource);
  const [chosen, setChosen] = useState(saved);
  const change = useChange(() => setSaved(chosen));
  const sources = joblensSources();
  if (sources.length < 2) {
    return null;
  }
  const name = sources.find(({ uid }) => uid === saved)?.name;
  if (!editable) {
    return <p>The pages start with {name ?? 'Grafana’s default'}; an administrator can choose another one.</p>;
  }
  return (
    <>
      <Field
        label="The pages start with"
        description="For everybody who opens them without choosing another one. Counts when a page is loaded anew."
      >
        <Combobox
          id="settings-source"
          width={40}
          isClearable
          placeholder="Grafana’s default, else the first"
          options={sources.map(({ uid, name }) => ({ value: uid, label: name }))}
          value={chosen ?? null}
          onChange={(option) => setChosen(option?.value)}
        />
      </Field>
      <SaveRow
        dirty={chosen !== saved}
        state={change}
        onSave={() => change.run(() => saveAppSettings({ dataSource: chosen }))}
      />
    </>
  );
}
