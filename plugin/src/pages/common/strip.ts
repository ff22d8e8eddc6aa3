import { isRecord, parseJson, toNumber, toText } from '../../components/model/narrow';
import { toStatus, type Status } from '../../components/model/status';

/** A run as a strip shows it. Times are epoch milliseconds, durations milliseconds. */
export interface StripRun {
  key: string;
  run?: string;
  status: Status;
  duration?: number;
  at: number;
}

/** The runs in a JSON column (`strip`, `spark`), the oldest first. */
export function readStrip(json: unknown): StripRun[] {
  const runs = parseJson(json);
  return Array.isArray(runs)
    ? runs.filter(isRecord).map((run) => ({
        key: toText(run.key) ?? '',
        run: toText(run.run),
        status: toStatus(run.status),
        duration: toNumber(run.duration_ms),
        at: toNumber(run.at) ?? 0,
      }))
    : [];
}
