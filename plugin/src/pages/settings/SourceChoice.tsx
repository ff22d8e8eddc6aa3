import { useState } from 'react';
import { usePluginContext } from '@grafana/data';
import { Combobox, Field } from '@grafana/ui';
import { useChange } from '../../components/hooks/useChange';
import { joblensSources } from '../scene/source';
import { readAppSettings, saveAppSettings } from './appSettings';
import { SaveRow } from './SaveRow';
import { t } from '../../i18n/t';

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
    return (
      <p>
        {t(
          'settings.sourceChoice.the-pages-start-with',
          'The pages start with {{name}}; an administrator can choose another one.',
          { name: name ?? t('settings.sourceChoice.grafana-s-default', 'Grafana’s default') }
        )}
      </p>
    );
  }
  return (
    <>
      <Field
        label={t('settings.sourceChoice.the-pages-start-with-2', 'The pages start with')}
        description={t(
          'settings.sourceChoice.for-everybody-who-opens',
          'For everybody who opens them without choosing another one. Counts when a page is loaded anew.'
        )}
      >
        <Combobox
          id="settings-source"
          width={40}
          isClearable
          placeholder={t('settings.sourceChoice.grafana-s-default-else', 'Grafana’s default, else the first')}
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
