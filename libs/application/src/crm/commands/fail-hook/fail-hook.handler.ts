import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isFinal } from '#domain/crm/hook-outcome.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { HOOK_INBOX, type HookInbox, isObsolete } from '../../ports/hook-inbox.js';
import { FailHookCommand } from './fail-hook.command.js';

@CommandHandler(FailHookCommand)
export class FailHookHandler implements ICommandHandler<FailHookCommand> {
  constructor(
    @Inject(HOOK_INBOX) private readonly inbox: HookInbox,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ ref, code }: FailHookCommand): Promise<void> {
    const hook = await this.inbox.lock(ref);
    if (!hook || isFinal(hook.state) || isObsolete(ref, hook)) return;
    await this.inbox.finish(ref, {
      end: { state: 'failed', outcome: code },
      endedAt: this.clock.now(),
      reading: null,
      entities: [],
      operationIds: [],
    });
  }
}
