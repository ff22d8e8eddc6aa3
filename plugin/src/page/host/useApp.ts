import { useEffect, useState } from 'react';
import type { AppPlugin } from '@grafana/data';
import { loadApp } from './loadPlugin';

export function useApp(): { app?: AppPlugin; error?: string } {
  const [loaded, setLoaded] = useState<{ app?: AppPlugin; error?: string }>({});
  useEffect(() => {
    loadApp().then(
      (app) => setLoaded({ app }),
      (error: unknown) => setLoaded({ error: error instanceof Error ? error.message : String(error) })
    );
  }, []);
  return loaded;
}
