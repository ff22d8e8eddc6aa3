import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import type { ServiceError } from '../../components/client/ServiceError';

/** What to give a `Field` so that it shows what the service found wrong at this place of what was sent. */
export function wrongAt(error: ServiceError | undefined, path: string) {
  const message = error?.parts.find((part) => part.path === path)?.message;
  return { invalid: message !== undefined, error: message };
}

/** Fields side by side where there is room. */
export const getFormStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0, 2), alignItems: 'flex-start' }),
  part: css({ margin: theme.spacing(2.5, 0, 1), fontSize: theme.typography.body.fontSize }),
});
