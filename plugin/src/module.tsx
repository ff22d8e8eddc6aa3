import { lazy, Suspense } from 'react';
import { AppPlugin, type AppRootProps } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { LoadingPlaceholder } from '@grafana/ui';
import { addLinks } from './links/links';
import pluginJson from './plugin.json';
import { t } from './i18n/t';

// The words of the pages come with them; this is for what is said until then.
void initPluginTranslations(pluginJson.id);

const App = lazy(() => import('./pages/load').then(({ loadApp }) => loadApp()));

function Root(props: AppRootProps) {
  return (
    <Suspense fallback={<LoadingPlaceholder text={t('module.loading-joblens', 'Loading Joblens')} />}>
      <App {...props} />
    </Suspense>
  );
}

export const plugin = addLinks(new AppPlugin().setRootPage(Root));
