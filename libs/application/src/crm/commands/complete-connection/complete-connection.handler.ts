import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import type { Actor } from '#application/shared/context/request-context.js';
import { hashOf } from '../../hook-tokens/token-print.js';
import { GrantStore } from '../../connection/grant-store.js';
import { AMO_ACCOUNTS, AMO_OAUTH, type AmoAccounts, type AmoOAuth } from '../../ports/amo-account.js';
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
    @Inject(AMO_OAUTH) private readonly oauth: AmoOAuth,
    @Inject(AMO_ACCOUNTS) private readonly accounts: AmoAccounts,
    private readonly grants: GrantStore,
    private readonly context: CurrentContext,
  ) {}

  async execute({ answer }: CompleteConnectionCommand): Promise<ConnectionCompleted> {
    const starter = await this.redeem(answer.state);
    const { origin, code } = this.checked(answer);
    // No session came with the redirect: from here on it is the workspace and the person who began.
    const context = { ...this.context.get(), workspaceId: starter.workspaceId, actor: actorOf(starter) };
    return this.context.run(context, async () => {
      const tokens = await this.oauth.exchangeCode(origin, code);
      const { accountId, name } = await this.accounts.identify(origin, tokens.accessToken);
      await this.grants.take({ accountId, accountName: name, baseUrl: origin, tokens });
      return { accountId, accountName: name };
    });
  }

  private async redeem(state: string | undefined): Promise<OAuthStarter> {
    const starter = state ? await this.states.redeem(hashOf(state)) : null;
    if (!starter) throw new AppError(crmErrors['crm.oauth_state_unknown']);
    return starter;
  }

  private checked({ code, referer, error }: ConnectionAnswer): { origin: string; code: string } {
    if (error !== undefined || !code) throw new AppError(crmErrors['crm.oauth_refused']);
    // Our secret goes to this host next: only amoCRM may get it, whatever the browser brought.
    if (!referer || !this.oauth.isAllowedHost(referer)) throw new AppError(crmErrors['crm.host_not_allowed']);
    return { origin: this.oauth.originOf(referer), code };
  }
}

// Only the id is known here; it is for the audit trail, and no permission is drawn from it.
const actorOf = ({ userId }: OAuthStarter): Actor =>
  userId === null ? { kind: 'system' } : { kind: 'user', id: userId, email: '', role: '', permissions: new Set() };
