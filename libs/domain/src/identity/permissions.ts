/** Everything that can be allowed, `<context>:<what>`. A message declares exactly one of them. */
export const PERMISSIONS = [
  'identity:read-self',
  'identity:read-audit',
  'identity:manage-keys',
  'identity:manage-roles',
  'identity:read-members',
  'identity:manage-members',
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
  'analytics:read',
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
const MANAGER: readonly Permission[] = [
  ...OPERATOR,
  'identity:read-audit',
  'identity:read-members',
  'clients:delete',
  'dictionaries:manage',
  'analytics:read',
];

const BY_ROLE: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  viewer: new Set(VIEWER),
  operator: new Set(OPERATOR),
  manager: new Set(MANAGER),
  admin: new Set(PERMISSIONS),
};

/**
 * What a role may do where nobody has changed it. A viewer reads, an operator copies, transfers and writes clients, a manager
 * also deletes clients and reads the audit trail, an admin does all.
 */
export const permissionsOf = (role: Role): ReadonlySet<Permission> => BY_ROLE[role];

/** True when `value` names a permission; names of other releases may be none. */
export const isPermission = (value: string): value is Permission => (PERMISSIONS as readonly string[]).includes(value);

/** True for what no manager may unless an administrator says so: it decides who may do what, or reaches beyond this product. */
export const isAdministration = (permission: Permission): boolean => !BY_ROLE.manager.has(permission);

/** True when `value` names a role. */
export const isRole = (value: string): value is Role => (ROLES as readonly string[]).includes(value);
