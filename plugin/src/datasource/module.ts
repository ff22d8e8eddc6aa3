import { DataSourcePlugin } from '@grafana/data';
import { DataSourceWithBackend } from '@grafana/runtime';

export const plugin = new DataSourcePlugin(DataSourceWithBackend);
