import { type Permission, PERMISSIONS, ROLES } from '#application/identity/index.js';
import { DateTimeField, EnumField, IntField, ListField, NullableField } from '../shared/fields.js';

const MAX_VERSION = 2_147_483_647;

export class ChangeRoleRequest {
  @ListField(() => String, {
    max: 100,
    values: PERMISSIONS,
    description: 'All that the role may from now on; what is left out is taken from it',
  })
  permissions: Permission[];
}

export class RoleResponse {
  @EnumField(ROLES)
  role: string;

  @ListField(() => String, { max: 100, values: PERMISSIONS, description: 'What it may in this workspace' })
  permissions: string[];

  @ListField(() => String, { max: 100, values: PERMISSIONS, description: 'What it may where nobody has changed it' })
  delivered: string[];

  @ListField(() => String, { max: 100, values: PERMISSIONS, description: 'What cannot be taken from it' })
  needed: string[];

  @NullableField()
  @DateTimeField()
  changedAt: Date | null;

  @IntField({ min: 0, max: MAX_VERSION, description: 'Also the `ETag`; 0 while nobody has changed it' })
  version: number;
}

export class RoleListResponse {
  @ListField(() => RoleResponse, { max: 10 })
  items: RoleResponse[];

  @ListField(() => String, { max: 100, values: PERMISSIONS, description: 'Everything that a role can be given' })
  permissions: string[];
}
