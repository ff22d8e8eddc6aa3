export const DEFAULT_PREFIX = 'jl';

export interface PanelOptions {
  /** Prefix of the panel's own query parameters. */
  urlPrefix?: string;
}
