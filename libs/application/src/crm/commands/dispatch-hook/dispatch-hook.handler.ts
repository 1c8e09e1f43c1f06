import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { type HookEnd, isFinal } from '#domain/crm/hook-outcome.js';
import type { HookTokenFacts } from '#domain/crm/hook-token.js';
import { readHook, type ReadHook } from '#domain/crm/hooks/read-hook.js';
import { HookDispatcher } from '../../intake/hook-dispatcher.js';
import { isFromAccount } from '../../intake/is-from-account.js';
import { AMO_CONNECTIONS, type AmoConnections } from '../../ports/amo-connections.js';
import { HOOK_INBOX, type HookInbox, isObsolete, type StoredHook } from '../../ports/hook-inbox.js';
import { HOOK_TOKENS, type HookTokens } from '../../ports/hook-tokens.js';
import { DispatchHookCommand } from './dispatch-hook.command.js';

@CommandHandler(DispatchHookCommand)
export class DispatchHookHandler implements ICommandHandler<DispatchHookCommand> {
  constructor(
    @Inject(HOOK_INBOX) private readonly inbox: HookInbox,
    @Inject(HOOK_TOKENS) private readonly tokens: HookTokens,
    @Inject(AMO_CONNECTIONS) private readonly connections: AmoConnections,
    private readonly dispatcher: HookDispatcher,
  ) {}

  async execute({ ref }: DispatchHookCommand): Promise<void> {
    const hook = await this.inbox.lock(ref);
    if (!hook || isFinal(hook.state) || isObsolete(ref, hook)) return;
    await this.inbox.finish(ref, await this.end(hook));
    await this.tokens.touch(hook.tokenId, hook.receivedAt);
  }

  private async end(hook: StoredHook): Promise<HookEnd> {
    const token = (await this.tokens.find(hook.tokenId))?.facts;
    if (!token || token.revokedAt) return { state: 'ignored', outcome: 'token_revoked' };
    const read = readOrNull(hook, token);
    if (!read) return { state: 'failed', outcome: crmErrors['crm.hook_unreadable'].code };
    const connection = (await this.connections.find())?.facts;
    if (!connection || connection.state === 'disconnected') return { state: 'ignored', outcome: 'not_connected' };
    if (!isFromAccount(read, connection)) return { state: 'ignored', outcome: 'other_account' };
    return token.kind === 'account'
      ? this.dispatcher.accountHook(hook, read.events)
      : this.dispatcher.pipelineHook(token, hook.receivedAt, read.events);
  }
}

const readOrNull = ({ body }: StoredHook, { kind }: HookTokenFacts): ReadHook | null => {
  try {
    return readHook(body, kind);
  } catch (error) {
    // A body never gets better: the hook is set aside and shown instead of tried again.
    if (AppError.is(error, crmErrors['crm.hook_unreadable'])) return null;
    throw error;
  }
};
