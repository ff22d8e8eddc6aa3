import { useEffect, useState } from 'react';
import { PluginType, type AppPluginMeta } from '@grafana/data';
import { locationService, LocationServiceProvider } from '@grafana/runtime';
import { Alert, ErrorBoundaryAlert, LoadingPlaceholder } from '@grafana/ui';
import { Route, Router, Routes } from 'react-router-dom';
import appJson from '../plugin.json';
import { APP_ID, APP_URL } from '../pages/paths';
import { AppChrome } from './AppChrome';
import { followLinks } from './host/followLinks';
import { useApp } from './host/useApp';
import { NO_INFO } from './host/noInfo';
import { refusals } from './host/refusals';
import { TokenForm } from './TokenForm';
import type { ThemeMode } from './themeMode';

/** Runs the built app as Grafana would: in a router, with its navigation around it. */
export default function AppPage({ mode, onToggleMode }: { mode: ThemeMode; onToggleMode(): void }) {
  const location = useLocationOfPage();
  const { app, error } = useApp();
  useEffect(followLinks, []);
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    const subscription = refusals.subscribe(() => setRefused(true));
    return () => subscription.unsubscribe();
  }, []);
  const Root = refused ? undefined : app?.root;
  return (
    <LocationServiceProvider service={locationService}>
      <Router location={location} navigator={locationService.getHistory()}>
        <AppChrome mode={mode} onToggleMode={onToggleMode}>
          <ErrorBoundaryAlert>
            {error && (
              <Alert severity="error" title="The app could not be loaded">
                {error}
              </Alert>
            )}
            {refused && <TokenForm onStored={() => setRefused(false)} />}
            {!app && !error && <LoadingPlaceholder text="Loading Joblens" />}
            {Root && (
              <Routes>
                <Route
                  path={`${APP_URL}/*`}
                  element={
                    <Root
                      meta={META}
                      basename={APP_URL}
                      path={location.pathname}
                      query={{}}
                      onNavChanged={() => undefined}
                    />
                  }
                />
              </Routes>
            )}
          </ErrorBoundaryAlert>
        </AppChrome>
      </Router>
    </LocationServiceProvider>
  );
}

function useLocationOfPage() {
  const [location, setLocation] = useState(() => locationService.getLocation());
  useEffect(() => {
    const subscription = locationService.getLocationObservable().subscribe(setLocation);
    return () => subscription.unsubscribe();
  }, []);
  return location;
}

const META: AppPluginMeta = {
  id: APP_ID,
  name: appJson.name,
  type: PluginType.app,
  module: '',
  baseUrl: '',
  info: NO_INFO,
};
