import { useEffect, useState } from 'react';
import type { PanelPlugin } from '@grafana/data';
import { loadPanel } from './host/loadPlugin';

export function usePanelPlugin(): { plugin?: PanelPlugin; error?: string } {
  const [loaded, setLoaded] = useState<{ plugin?: PanelPlugin; error?: string }>({});
  useEffect(() => {
    loadPanel().then(
      (plugin) => setLoaded({ plugin }),
      (error: unknown) => setLoaded({ error: error instanceof Error ? error.message : String(error) })
    );
  }, []);
  return loaded;
}
