import { Command } from '@nestjs/cqrs';
import type { WorkspaceId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';

export interface EnsureFirstAdminInput {
  readonly email: string;
  readonly password: string;
  readonly workspaceName?: string;
  readonly userName?: string;
}

/** The new workspace, or null when the installation had one and nothing was done. */
export interface FirstAdminEnsured {
  readonly created: { readonly workspaceId: WorkspaceId } | null;
}

/**
 * Make the first workspace and its administrator, unless there is a workspace. Safe to send at every start and by
 * several processes at once; a later change of the e-mail or the password in the environment changes nothing.
 *
 * Fails with `shared.validation_failed` when the e-mail or the password is empty or too long.
 */
@Permission('system', { ownTransactions: true })
export class EnsureFirstAdminCommand extends Command<FirstAdminEnsured> {
  constructor(readonly input: EnsureFirstAdminInput) {
    super();
  }
}
