import { useCallback, useState, type ReactNode } from 'react';
import { css } from '@emotion/css';
import type { ServiceError } from '../client/ServiceError';
import { ErrorAlert } from './ErrorMessage';
import { OutageContext, type Report } from './outage';

/** Says once, above all parts of a page, why none of them can show anything. */
export function OutageBanner({ onRetry, children }: { onRetry(): void; children: ReactNode }) {
  const [reports, setReports] = useState<Array<{ error: ServiceError }>>([]);
  const report = useCallback<Report>((error) => {
    const own = { error };
    setReports((known) => [...known, own]);
    return () => setReports((known) => known.filter((other) => other !== own));
  }, []);
  const [first] = reports;
  return (
    <OutageContext.Provider value={report}>
      <div className={first ? above : alone}>
        {first && (
          <div>
            <ErrorAlert error={first.error} onRetry={onRetry} />
          </div>
        )}
        {children}
      </div>
    </OutageContext.Provider>
  );
}

/** Without a banner the page stands in its host as if nothing were around it. */
const alone = css({ display: 'contents' });
const above = css({ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column' });
