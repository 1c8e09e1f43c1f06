import { Query } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { RolesView } from './role.view.js';

/** All roles of the workspace, the mightiest first, and what each may do here. */
@Permission('identity:manage-roles')
export class ListRolesQuery extends Query<RolesView> {}
