const RESOURCES = /^\/?api\/datasources\/uid\/[^/]+\/resources\/(.*)$/;
const HEALTH = /^\/?api\/datasources\/uid\/[^/]+\/health$/;

/** Where the service answers what Grafana's relay would be asked. */
export function toServicePath(url: string): string {
  if (/^\/?api\/ds\/query(\?|$)/.test(url)) {
    return '/v1/query';
  }
  if (HEALTH.test(url)) {
    return '/health/ready';
  }
  const resource = RESOURCES.exec(url)?.[1];
  if (resource === undefined) {
    throw new Error(`The page has no route for ${url}.`);
  }
  return `/${resource}`;
}

/** Query parameters as Grafana writes them: a list repeats its name. */
export function withParams(path: string, params: Record<string, unknown> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null) {
        search.append(name, String(item));
      }
    }
  }
  const text = search.toString();
  return text === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${text}`;
}
