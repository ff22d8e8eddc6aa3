import { lazy, Suspense } from 'react';
import { AppPlugin, type AppRootProps } from '@grafana/data';
import { LoadingPlaceholder } from '@grafana/ui';

const App = lazy(() => import('./pages/load').then(({ loadApp }) => loadApp()));

function Root(props: AppRootProps) {
  return (
    <Suspense fallback={<LoadingPlaceholder text="Loading Joblens" />}>
      <App {...props} />
    </Suspense>
  );
}

export const plugin = new AppPlugin().setRootPage(Root);
