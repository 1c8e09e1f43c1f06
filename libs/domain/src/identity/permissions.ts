/** Everything that can be allowed, `<context>:<what>`. A message declares exactly one of them. */
export const PERMISSIONS = [
  'identity:read-self',
  'identity:read-audit',
  'workspace:manage',
  'crm:read',
  'crm:manage',
  'deals:read',
  'deals:copy',
  'deals:transfer',
  'clients:read',
  'clients:write',
  'clients:delete',
  'clients:configure',
  'dictionaries:read',
  'dictionaries:manage',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ['admin', 'manager', 'operator', 'viewer'] as const;
/** A member's role in one workspace. */
export type Role = (typeof ROLES)[number];

const VIEWER: readonly Permission[] = [
  'identity:read-self',
  'crm:read',
  'deals:read',
  'clients:read',
  'dictionaries:read',
];
const OPERATOR: readonly Permission[] = [...VIEWER, 'deals:copy', 'deals:transfer', 'clients:write'];
const MANAGER: readonly Permission[] = [...OPERATOR, 'identity:read-audit', 'clients:delete', 'dictionaries:manage'];

const BY_ROLE: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  viewer: new Set(VIEWER),
  operator: new Set(OPERATOR),
  manager: new Set(MANAGER),
  admin: new Set(PERMISSIONS),
};

/**
 * What a role may do. A viewer reads, an operator copies, transfers and writes clients, a manager also deletes clients and
 * reads the audit trail, an admin does all.
 */
export const permissionsOf = (role: Role): ReadonlySet<Permission> => BY_ROLE[role];

/** True when `value` names a role. */
export const isRole = (value: string): value is Role => (ROLES as readonly string[]).includes(value);
