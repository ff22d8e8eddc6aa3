import { useEffect, useState } from 'react';
import { rangeUtil } from '@grafana/data';
import { locationService } from '@grafana/runtime';

export interface Refresh {
  /** Goes up with every refresh. */
  count: number;
  /** Such as "10s"; empty where the page stands still. */
  interval: string;
  now(): void;
  setInterval(interval: string): void;
}

/** Refreshes the page by hand or by the interval in the URL; a page that nobody looks at rests. */
export function useRefresh(): Refresh {
  const [count, setCount] = useState(0);
  const [interval, setIntervalText] = useState(() => locationService.getSearch().get('refresh') ?? '');
  useEffect(() => {
    const everyMs = toMs(interval);
    if (everyMs === undefined) {
      return;
    }
    const timer = setInterval(() => document.visibilityState === 'visible' && setCount((count) => count + 1), everyMs);
    return () => clearInterval(timer);
  }, [interval]);
  return {
    count,
    interval,
    now: () => setCount((count) => count + 1),
    setInterval: (next) => {
      setIntervalText(next);
      locationService.partial({ refresh: next || null }, true);
    },
  };
}

function toMs(interval: string): number | undefined {
  return rangeUtil.isValidTimeSpan(interval) && interval !== '' ? rangeUtil.intervalToMs(interval) : undefined;
}
