import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import type { WorkspaceId } from '#domain/shared/ids.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { AMO_ACCOUNTS, type AmoAccounts } from '../../ports/amo-account.js';
import { AMO_CONNECTIONS, type AmoConnections } from '../../ports/amo-connections.js';
import { CheckConnectionCommand } from './check-connection.command.js';

@CommandHandler(CheckConnectionCommand)
export class CheckConnectionHandler implements ICommandHandler<CheckConnectionCommand> {
  private readonly running = new Map<WorkspaceId, Promise<void>>();

  constructor(
    @Inject(AMO_CONNECTIONS) private readonly connections: AmoConnections,
    @Inject(AMO_ACCOUNTS) private readonly accounts: AmoAccounts,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    private readonly context: CurrentContext,
  ) {}

  execute(): Promise<void> {
    const workspaceId = this.context.workspaceId();
    const shared = this.running.get(workspaceId) ?? this.check().finally(() => this.running.delete(workspaceId));
    this.running.set(workspaceId, shared);
    return shared;
  }

  private async check(): Promise<void> {
    const facts = (await this.unitOfWork.transact(() => this.connections.find()))?.facts;
    if (!facts?.tokens) throw new AppError(crmErrors['crm.not_connected']);
    try {
      await this.accounts.probe(facts.state === 'subscription_ended' ? 'write' : 'read');
    } catch (error) {
      // The connection needs a person: recorded as its state already.
      if (!(error instanceof AppError) || error.kind !== 'upstream_revoked') throw error;
    }
  }
}
