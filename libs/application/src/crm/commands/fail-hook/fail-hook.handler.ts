import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isFinal } from '#domain/crm/hook-outcome.js';
import { HOOK_INBOX, type HookInbox, isObsolete } from '../../ports/hook-inbox.js';
import { FailHookCommand } from './fail-hook.command.js';

@CommandHandler(FailHookCommand)
export class FailHookHandler implements ICommandHandler<FailHookCommand> {
  constructor(@Inject(HOOK_INBOX) private readonly inbox: HookInbox) {}

  async execute({ ref, code }: FailHookCommand): Promise<void> {
    const hook = await this.inbox.lock(ref);
    if (hook && !isFinal(hook.state) && !isObsolete(ref, hook))
      await this.inbox.finish(ref, { state: 'failed', outcome: code });
  }
}
