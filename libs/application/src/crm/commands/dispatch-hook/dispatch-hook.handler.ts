import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { isFinal } from '#domain/crm/hook-outcome.js';
import type { HookTokenFacts } from '#domain/crm/hook-token.js';
import { entitiesOf, readingOf } from '#domain/crm/hooks/hook-reading.js';
import { readHook, type ReadHook } from '#domain/crm/hooks/read-hook.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { type Dispatched, HookDispatcher } from '../../intake/hook-dispatcher.js';
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
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly dispatcher: HookDispatcher,
  ) {}

  async execute({ ref }: DispatchHookCommand): Promise<void> {
    const hook = await this.inbox.lock(ref);
    if (!hook || isFinal(hook.state) || isObsolete(ref, hook)) return;
    const token = (await this.tokens.find(hook.tokenId))?.facts;
    const read = token && readOrNull(hook, token);
    const { end, operationIds = [] } = await this.dispatch(hook, token, read);
    await this.inbox.finish(ref, {
      end,
      endedAt: this.clock.now(),
      reading: read ? readingOf(read) : null,
      entities: read ? entitiesOf(read) : [],
      operationIds,
    });
    await this.tokens.touch(hook.tokenId, hook.receivedAt);
  }

  private async dispatch(
    hook: StoredHook,
    token: HookTokenFacts | undefined,
    read: ReadHook | null | undefined,
  ): Promise<Dispatched> {
    if (!token || token.revokedAt) return { end: { state: 'ignored', outcome: 'token_revoked' } };
    if (!read) return { end: { state: 'failed', outcome: crmErrors['crm.hook_unreadable'].code } };
    const connection = (await this.connections.find())?.facts;
    if (!connection || connection.state === 'disconnected')
      return { end: { state: 'ignored', outcome: 'not_connected' } };
    if (!isFromAccount(read, connection)) return { end: { state: 'ignored', outcome: 'other_account' } };
    return token.kind === 'account'
      ? { end: await this.dispatcher.accountHook(hook, read.events) }
      : this.dispatcher.pipelineHook(token, hook, read.events);
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
