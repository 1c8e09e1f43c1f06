import { Command } from '@nestjs/cqrs';
import type { WorkspaceSettings } from '#domain/identity/workspace-settings.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { WorkspaceView } from '../../queries/get-workspace/get-workspace.query.js';

/**
 * Change what the current workspace says of itself; what is left out stays. Fails with `shared.validation_failed` for a
 * time zone that nobody knows, and with `shared.version_conflict` at another version than the expected one.
 */
@Permission('workspace:manage')
export class ChangeWorkspaceCommand extends Command<WorkspaceView> {
  constructor(
    readonly change: Partial<WorkspaceSettings>,
    readonly expectedVersion?: number,
  ) {
    super();
  }
}
