import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { hashOf } from '../../hook-tokens/token-print.js';
import { CodeExchange } from '../../connection/code-exchange.js';
import { GrantStore } from '../../connection/grant-store.js';
import { SignIns } from '../../connection/sign-ins.js';
import { starterActor } from '../../connection/starter-actor.js';
import type { Integration } from '../../ports/integrations.js';
import {
  CompleteConnectionCommand,
  type ConnectionAnswer,
  type ConnectionCompleted,
} from './complete-connection.command.js';

@CommandHandler(CompleteConnectionCommand)
export class CompleteConnectionHandler implements ICommandHandler<CompleteConnectionCommand> {
  constructor(
    private readonly signIns: SignIns,
    private readonly exchange: CodeExchange,
    private readonly grants: GrantStore,
    private readonly context: CurrentContext,
  ) {}

  async execute({ answer }: CompleteConnectionCommand): Promise<ConnectionCompleted> {
    const stateHash = hashOf(answer.state ?? '');
    const waiting = await this.signIns.find(stateHash);
    const integration = isGood(answer) ? await this.signIns.integrationOf(waiting, stateHash) : null;
    const starter = await this.signIns.redeem(stateHash);
    // No session came with the redirect: from here on it is the workspace and the person who began.
    const context = { ...this.context.get(), workspaceId: starter.workspaceId, actor: starterActor(starter.userId) };
    return this.context.run(context, async () => {
      try {
        return await this.connect(answer, integration);
      } catch (error) {
        // What it cannot clear away now goes with the next sign-in.
        await this.signIns.forget(starter, stateHash).catch(() => undefined);
        throw error;
      }
    });
  }

  private async connect(answer: ConnectionAnswer, integration: Integration | null): Promise<ConnectionCompleted> {
    const { host, code } = checked(answer);
    // Without one the answer was no good, and was refused in the line before.
    if (!integration || isForAnother(answer, integration)) throw new AppError(crmErrors['crm.oauth_refused']);
    const grant = await this.exchange.grantFor(host, code, integration);
    await this.grants.take(grant);
    return { accountId: grant.accountId, accountName: grant.accountName };
  }
}

/** An external integration is made for one sign-in: a code for another one has no business here. */
const isForAnother = ({ clientId }: ConnectionAnswer, integration: Integration): boolean =>
  integration.owner !== undefined && clientId !== undefined && clientId !== integration.clientId;

const isGood = ({ code, referer, error }: ConnectionAnswer): boolean => error === undefined && !!code && !!referer;

const checked = ({ code, referer, error }: ConnectionAnswer): { host: string; code: string } => {
  if (error !== undefined || !code) throw new AppError(crmErrors['crm.oauth_refused']);
  if (!referer) throw new AppError(crmErrors['crm.host_not_allowed']);
  return { host: referer, code };
};
