import { isRecord, toText } from '../../components/model/narrow';

/** What Grafana keeps for the app (its `jsonData`). */
export interface AppSettings {
  /** Uid of the data source that the pages start with. */
  dataSource?: string;
}

export function readAppSettings(jsonData: unknown): AppSettings {
  return isRecord(jsonData) ? { dataSource: toText(jsonData.dataSource) } : {};
}
