import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { DirectoryView } from './get-directory.view.js';

/**
 * The cached directory of the workspace's account: pipelines, users, fields, catalogs. Reads no amoCRM; see
 * `RefreshDirectoryCommand`.
 *
 * @throws AppError `crm.not_connected` when the workspace was never connected
 * @throws AppError `crm.directory_not_read` (with `retryAfterMs`) in the seconds after it was
 */
@Permission('crm:read')
export class GetDirectoryQuery extends Query<DirectoryView> {}
