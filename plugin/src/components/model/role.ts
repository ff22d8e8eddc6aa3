const ROLES = ['viewer', 'editor', 'admin'] as const;
/** What somebody may do; a later one includes the ones before it. */
export type Role = (typeof ROLES)[number];

/** A role as Grafana writes it, such as `Editor`; whoever has another only looks. */
export function toRole(text: string | undefined): Role {
  return ROLES.find((role) => role === text?.toLowerCase()) ?? 'viewer';
}

export function mayAs(role: Role | undefined, needed: Role): boolean {
  return ROLES.indexOf(role ?? 'viewer') >= ROLES.indexOf(needed);
}
