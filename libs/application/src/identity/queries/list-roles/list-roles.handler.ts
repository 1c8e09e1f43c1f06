import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { PERMISSIONS, ROLES } from '#domain/identity/permissions.js';
import { UNCHANGED } from '#domain/identity/role-rights.js';
import { ROLE_RIGHTS, type RoleRights } from '../../ports/role-rights.js';
import { ListRolesQuery } from './list-roles.query.js';
import { type RolesView, roleView } from './role.view.js';

@QueryHandler(ListRolesQuery)
export class ListRolesHandler implements IQueryHandler<ListRolesQuery> {
  constructor(@Inject(ROLE_RIGHTS) private readonly rights: RoleRights) {}

  async execute(): Promise<RolesView> {
    const changed = new Map((await this.rights.list()).map((stored) => [stored.role, stored]));
    const items = ROLES.map((role) =>
      roleView(changed.get(role) ?? { role, change: UNCHANGED, version: 0, changedAt: null }),
    );
    return { items, permissions: PERMISSIONS };
  }
}
