import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { platformOf } from '#domain/crm/connection-state.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { IDS, type Ids } from '#application/shared/ports/ids.js';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { hostOf } from '../../connection/account-host.js';
import { SIGN_IN_LIFE_MS } from '../../connection/sign-in-life.js';
import { hashOf, TOKEN_BYTES } from '../../hook-tokens/token-print.js';
import { AMO_OAUTH, type AmoOAuth } from '../../ports/amo-account.js';
import { AMO_INTEGRATION, type AmoIntegration } from '../../ports/amo-integration.js';
import { OAUTH_STATES, type OAuthStates } from '../../ports/oauth-states.js';
import { type ConnectionStarted, StartConnectionCommand } from './start-connection.command.js';

@CommandHandler(StartConnectionCommand)
export class StartConnectionHandler implements ICommandHandler<StartConnectionCommand> {
  constructor(
    @Inject(OAUTH_STATES) private readonly states: OAuthStates,
    @Inject(AMO_OAUTH) private readonly oauth: AmoOAuth,
    @Inject(AMO_INTEGRATION) private readonly integration: AmoIntegration,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    @Inject(IDS) private readonly ids: Ids,
    private readonly context: CurrentContext,
  ) {}

  async execute({ plan }: StartConnectionCommand): Promise<ConnectionStarted> {
    const accountOrigin = plan.account === undefined ? null : this.oauth.originOf(hostOf(plan.account));
    const platform = plan.platform ?? (accountOrigin === null ? 'amocrm' : platformOf(accountOrigin));
    const integration = this.integration.configured(platform);
    if (!integration) throw new AppError(crmErrors['crm.integration_missing']);
    const state = this.ids.secret(TOKEN_BYTES);
    const pending = { userId: this.context.userId(), kind: 'configured', platform, accountOrigin } as const;
    await this.unitOfWork.transact(() => this.states.add(hashOf(state), pending, SIGN_IN_LIFE_MS));
    return { authorizeUrl: this.oauth.consentUrl({ platform, clientId: integration.clientId, state }) };
  }
}
