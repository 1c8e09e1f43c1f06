import { Command } from '@nestjs/cqrs';
import type { Language } from '#domain/identity/workspace-settings.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { OwnWorkspaceView } from '../../queries/list-workspaces/list-workspaces.query.js';

export interface CreateWorkspaceInput {
  readonly name: string;
  readonly timeZone?: string;
  readonly language?: Language;
}

/**
 * Make a workspace with the caller, an administrator of the current one, as its administrator. The session stays where
 * it is. Fails with `shared.validation_failed` for a time zone that nobody knows.
 */
@Permission('workspace:manage', { ownTransactions: true })
export class CreateWorkspaceCommand extends Command<OwnWorkspaceView> {
  constructor(readonly input: CreateWorkspaceInput) {
    super();
  }
}
