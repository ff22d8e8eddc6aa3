import { getBackendSrv } from '@grafana/runtime';
import { isRecord, toText } from '../../components/model/narrow';
import { APP_ID } from '../paths';

/** What Grafana keeps for the app (its `jsonData`). */
export interface AppSettings {
  /** Uid of the data source that the pages start with. */
  dataSource?: string;
}

export function readAppSettings(jsonData: unknown): AppSettings {
  return isRecord(jsonData) ? { dataSource: toText(jsonData.dataSource) } : {};
}

/** Grafana takes an app's settings whole: what else stands in them is kept. Administrators only; else a FetchError. */
export async function saveAppSettings(changes: AppSettings): Promise<void> {
  const url = `/api/plugins/${APP_ID}/settings`;
  const options = { showErrorAlert: false, showSuccessAlert: false };
  const before: unknown = await getBackendSrv().get(url, undefined, undefined, options);
  const { enabled, pinned, jsonData } = isRecord(before) ? before : {};
  const kept = isRecord(jsonData) ? jsonData : {};
  await getBackendSrv().post(url, { enabled, pinned, jsonData: { ...kept, ...changes } }, options);
}
