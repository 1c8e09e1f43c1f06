import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import type { WorkspaceId } from '#domain/shared/ids.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { ConnectionChanges } from '../../connection/connection-changes.js';
import { AMO_CONNECTIONS, type AmoConnections } from '../../ports/amo-connections.js';
import { INTEGRATIONS, type Integrations, serves } from '../../ports/integrations.js';
import { TakeUninstallCommand, type UninstallNotice } from './take-uninstall.command.js';

const HEX_SHA256 = /^[0-9a-f]{64}$/i;
const ACCOUNT_ID = /^[1-9]\d{0,14}$/;

@CommandHandler(TakeUninstallCommand)
export class TakeUninstallHandler implements ICommandHandler<TakeUninstallCommand> {
  constructor(
    @Inject(INTEGRATIONS) private readonly integrations: Integrations,
    @Inject(AMO_CONNECTIONS) private readonly connections: AmoConnections,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly changes: ConnectionChanges,
    private readonly context: CurrentContext,
  ) {}

  async execute({ notice }: TakeUninstallCommand): Promise<void> {
    const integration = await this.integrations.find(notice.clientId);
    if (!integration || !isSigned(notice, integration.clientSecret)) {
      throw new AppError(crmErrors['crm.notice_refused']);
    }
    for (const workspaceId of await this.connections.findOfAccount(Number(notice.accountId))) {
      if (serves(integration, workspaceId)) await this.forget(workspaceId, notice.clientId);
    }
  }

  private forget(workspaceId: WorkspaceId, clientId: string): Promise<void> {
    const context = { ...this.context.get(), workspaceId, actor: { kind: 'system' } as const };
    return this.context.run(context, () =>
      this.changes.apply((connection) => connection.forgetClient(clientId, this.clock.now())),
    );
  }
}

const isSigned = ({ clientId, accountId, signature }: UninstallNotice, secret: string): boolean => {
  if (!HEX_SHA256.test(signature) || !ACCOUNT_ID.test(accountId)) return false;
  const expected = createHmac('sha256', secret).update(`${clientId}|${accountId}`).digest();
  return timingSafeEqual(Buffer.from(signature, 'hex'), expected);
};
