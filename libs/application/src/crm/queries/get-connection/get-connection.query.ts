import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { ConnectionView } from './get-connection.view.js';

/** The state of the workspace's amoCRM connection, since when, why, and what to do about it. */
@Permission('crm:read')
export class GetConnectionQuery extends Query<ConnectionView> {}
