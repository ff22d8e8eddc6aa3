import { useEffect, useMemo, useState } from 'react';
import { css } from '@emotion/css';
import { createTheme, ThemeContext, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { createPortal, flushSync } from 'react-dom';

/**
 * A copy for the printer, there only while something is printed: in light colours, beside everything else in the page
 * (a dashboard's panels have fixed heights, and would cut it), which is left out.
 */
export function PrintCopy({ children }: { children: React.ReactNode }) {
  const printing = useIsPrinting();
  const light = useMemo(() => createTheme({ colors: { mode: 'light' } }), []);
  return printing
    ? createPortal(
        <ThemeContext.Provider value={light}>
          <Sheet>{children}</Sheet>
        </ThemeContext.Provider>,
        document.body
      )
    : null;
}

function Sheet({ children }: { children: React.ReactNode }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles} data-joblens-print>
      <style>{ONLY_THIS}</style>
      {children}
    </div>
  );
}

// Everything else keeps a size while it is out of sight: a panel without width would be taken down, and this copy with it.
const ONLY_THIS = `
@media print {
  @page { margin: 14mm; }
  html, body { height: auto !important; overflow: visible !important; background: #fff !important; }
  body > :not([data-joblens-print]) { position: fixed !important; inset: 0 !important; visibility: hidden !important; opacity: 0 !important; }
}
@media not print { [data-joblens-print] { display: none; } }`;

function useIsPrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    // The browser takes its picture as soon as these return.
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return printing;
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    color: theme.colors.text.primary,
    background: '#fff',
    // Screen sizes are large on paper.
    zoom: 0.82,
    printColorAdjust: 'exact',
    '&& a': { color: 'inherit', textDecoration: 'none' },
    '&& code': { color: 'inherit', background: 'none', border: 'none', padding: 0 },
    '& section, & tr': { breakInside: 'avoid' },
  });
