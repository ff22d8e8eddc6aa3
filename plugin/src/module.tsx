import { lazy, Suspense } from 'react';
import { AppPlugin, type AppRootProps } from '@grafana/data';
import { LoadingPlaceholder } from '@grafana/ui';
import { addLinks } from './links/links';

const App = lazy(() => import('./pages/load').then(({ loadApp }) => loadApp()));

function Root(props: AppRootProps) {
  return (
    <Suspense fallback={<LoadingPlaceholder text="Loading Joblens" />}>
      <App {...props} />
    </Suspense>
  );
}

export const plugin = addLinks(new AppPlugin().setRootPage(Root));
