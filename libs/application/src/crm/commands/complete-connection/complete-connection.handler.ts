import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { hashOf } from '../../hook-tokens/token-print.js';
import { CodeExchange } from '../../connection/code-exchange.js';
import { GrantStore } from '../../connection/grant-store.js';
import { starterActor } from '../../connection/starter-actor.js';
import { AMO_INTEGRATION, type AmoIntegration } from '../../ports/amo-integration.js';
import { OAUTH_STATES, type OAuthStarter, type OAuthStates } from '../../ports/oauth-states.js';
import {
  CompleteConnectionCommand,
  type ConnectionAnswer,
  type ConnectionCompleted,
} from './complete-connection.command.js';

@CommandHandler(CompleteConnectionCommand)
export class CompleteConnectionHandler implements ICommandHandler<CompleteConnectionCommand> {
  constructor(
    @Inject(OAUTH_STATES) private readonly states: OAuthStates,
    @Inject(AMO_INTEGRATION) private readonly integration: AmoIntegration,
    private readonly exchange: CodeExchange,
    private readonly grants: GrantStore,
    private readonly context: CurrentContext,
  ) {}

  async execute({ answer }: CompleteConnectionCommand): Promise<ConnectionCompleted> {
    const starter = await this.redeem(answer.state);
    const { host, code } = checked(answer);
    const integration = this.integration.configured(starter.platform);
    if (!integration) throw new AppError(crmErrors['crm.integration_missing']);
    // No session came with the redirect: from here on it is the workspace and the person who began.
    const context = { ...this.context.get(), workspaceId: starter.workspaceId, actor: starterActor(starter.userId) };
    return this.context.run(context, async () => {
      const grant = await this.exchange.grantFor(host, code, integration);
      await this.grants.take(grant);
      return { accountId: grant.accountId, accountName: grant.accountName };
    });
  }

  private async redeem(state: string | undefined): Promise<OAuthStarter> {
    const starter = state ? await this.states.redeem(hashOf(state)) : null;
    if (!starter) throw new AppError(crmErrors['crm.oauth_state_unknown']);
    return starter;
  }
}

const checked = ({ code, referer, error }: ConnectionAnswer): { host: string; code: string } => {
  if (error !== undefined || !code) throw new AppError(crmErrors['crm.oauth_refused']);
  if (!referer) throw new AppError(crmErrors['crm.host_not_allowed']);
  return { host: referer, code };
};
