import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { platformOf } from '#domain/crm/connection-state.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { CodeExchange } from '../../connection/code-exchange.js';
import { GrantStore } from '../../connection/grant-store.js';
import { AMO_INTEGRATION, type AmoIntegration } from '../../ports/amo-integration.js';
import { ConnectByCodeCommand } from './connect-by-code.command.js';

@CommandHandler(ConnectByCodeCommand)
export class ConnectByCodeHandler implements ICommandHandler<ConnectByCodeCommand> {
  constructor(
    @Inject(AMO_INTEGRATION) private readonly integration: AmoIntegration,
    private readonly exchange: CodeExchange,
    private readonly grants: GrantStore,
  ) {}

  async execute({ input: { code, referer } }: ConnectByCodeCommand): Promise<void> {
    const integration = this.integration.configured(platformOf(referer));
    if (!integration) throw new AppError(crmErrors['crm.integration_missing']);
    await this.grants.take(await this.exchange.grantFor(referer, code, integration));
  }
}
