import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import type { UserId, WorkspaceId } from '#domain/shared/ids.js';
import { platformOf } from '#domain/crm/connection-state.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { CodeExchange } from '../../connection/code-exchange.js';
import { GrantStore } from '../../connection/grant-store.js';
import { starterActor } from '../../connection/starter-actor.js';
import { AMO_INTEGRATION, type AmoIntegration } from '../../ports/amo-integration.js';
import { AMO_CONNECTIONS, type AmoConnections } from '../../ports/amo-connections.js';
import { type Integration, type Integrations, INTEGRATIONS, serves } from '../../ports/integrations.js';
import { OAUTH_STATES, type OAuthStates } from '../../ports/oauth-states.js';
import type { ConnectionCompleted } from '../complete-connection/complete-connection.command.js';
import { TakeInstallCommand } from './take-install.command.js';

/** Who may take the grant of an install. */
interface Claim {
  readonly workspaceId: WorkspaceId;
  readonly userId: UserId | null;
  /** Null where the address alone was named. */
  readonly accountId: number | null;
}

@CommandHandler(TakeInstallCommand)
export class TakeInstallHandler implements ICommandHandler<TakeInstallCommand> {
  constructor(
    @Inject(AMO_CONNECTIONS) private readonly connections: AmoConnections,
    @Inject(OAUTH_STATES) private readonly states: OAuthStates,
    @Inject(AMO_INTEGRATION) private readonly configured: AmoIntegration,
    @Inject(INTEGRATIONS) private readonly integrations: Integrations,
    private readonly exchange: CodeExchange,
    private readonly grants: GrantStore,
    private readonly context: CurrentContext,
  ) {}

  async execute({ notice: { code, referer = '', clientId } }: TakeInstallCommand): Promise<ConnectionCompleted> {
    if (!code) throw new AppError(crmErrors['crm.oauth_refused']);
    const origin = this.exchange.originOf(referer);
    const claim = (await this.claimOf(origin)) ?? unclaimed('Nobody here may take it');
    const integration =
      (await this.integrationOf(origin, clientId)) ?? unclaimed('The secret of its integration is not known here');
    if (!serves(integration, claim.workspaceId)) unclaimed('Its integration belongs to another workspace');
    const context = { ...this.context.get(), workspaceId: claim.workspaceId, actor: starterActor(claim.userId) };
    return this.context.run(context, async () => {
      const grant = await this.exchange.grantFor(referer, code, integration);
      // An address can change hands: what counts is the account behind it.
      if (claim.accountId !== null && claim.accountId !== grant.accountId) {
        throw new AppError(crmErrors['crm.other_account']);
      }
      await this.grants.take(grant);
      return { accountId: grant.accountId, accountName: grant.accountName };
    });
  }

  private async claimOf(origin: string): Promise<Claim | null> {
    const connected = await this.connections.findConnectedAt(origin);
    if (connected.length > 1) unclaimed('Several workspaces are connected to the account');
    const [owner] = connected;
    if (owner) return { ...owner, userId: null };
    const waiting = await this.states.findSole(origin);
    return waiting && { ...waiting, accountId: null };
  }

  private integrationOf(origin: string, clientId: string | undefined): Promise<Integration | null> {
    if (clientId !== undefined) return this.integrations.find(clientId);
    return Promise.resolve(this.configured.configured(platformOf(origin)));
  }
}

const unclaimed = (detail: string): never => {
  throw new AppError(crmErrors['crm.install_unclaimed'], { detail });
};
