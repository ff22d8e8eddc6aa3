import { OrgRole } from '@grafana/data';
import { config } from '@grafana/runtime';
import { isRecord } from '../../components/model/narrow';
import { authorization } from './token';

let known: Promise<void> | undefined;

/** Settles once the role is known; views ask for it as they are drawn. */
export function roleKnown(): Promise<void> {
  return (known ??= learnRole());
}

/** Asks the service what the token may do, and says it as Grafana would: as the role of the user. */
export async function learnRole(): Promise<void> {
  const scopes = await fetch('/v1/me', { headers: authorization() })
    .then((response): Promise<unknown> => response.json())
    .then((me): unknown[] => (isRecord(me) && Array.isArray(me.scopes) ? me.scopes : []))
    .catch(() => []);
  config.bootData.user.orgRole = toOrgRole(scopes);
}

function toOrgRole(scopes: unknown[]): OrgRole {
  if (scopes.includes('admin')) {
    return OrgRole.Admin;
  }
  return scopes.includes('annotate') ? OrgRole.Editor : OrgRole.Viewer;
}
